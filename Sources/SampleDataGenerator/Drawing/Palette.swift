import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The seven inks of a poster.
struct Palette {
    /// Top of the sky, and what it turns into at the horizon.
    var sky, glow: Colour
    /// Ground and shapes, from the farthest to the nearest.
    var far, mid, near: Colour
    /// The one colour that stands out, and the lightest of all.
    var accent, light: Colour
    /// The themes that use these inks most.
    var themes: [Theme]

    init(_ inks: [UInt32], _ themes: [Theme]) {
        precondition(inks.count == 7, "a palette has seven inks")
        let colours = inks.map(Colour.init(_:))
        (sky, glow, far, mid) = (colours[0], colours[1], colours[2], colours[3])
        (near, accent, light) = (colours[4], colours[5], colours[6])
        self.themes = themes
    }

    /// -1 for a night, +1 for a noon.
    var brightness: Float { (sky.luminance + glow.luminance) - 1 }

    var isDark: Bool { sky.luminance < 0.45 }

    /// Near or light, whichever can be read on the given colour.
    func ink(on ground: Colour) -> Colour {
        abs(light.luminance - ground.luminance) > abs(near.luminance - ground.luminance) ? light : near
    }

    /// The same inks with the hue turned a little.
    func turned(_ radians: Float) -> Palette {
        let (sine, cosine) = (sinf(radians), cosf(radians))
        func turn(_ colour: Colour) -> Colour { colour.hueTurned(sine: sine, cosine: cosine) }
        var copy = self
        copy.sky = turn(sky)
        copy.glow = turn(glow)
        copy.far = turn(far)
        copy.mid = turn(mid)
        copy.near = turn(near)
        copy.accent = turn(accent)
        return copy
    }

    /// Draws a palette: likelier where it belongs to the theme and is as bright as the film.
    static func draw(for theme: Theme, bright: Float, using random: inout RandomGenerator) -> Palette {
        let scores = all.map { palette -> Float in
            let difference = palette.brightness - 0.5 * bright
            return (palette.themes.contains(theme) ? 3.6 : 0) - 2.6 * difference * difference
        }
        return all[random.index(scores: scores)].turned(random.normal() * 0.09)
    }

    /// Inks in the order sky, glow, far, mid, near, accent, light.
    private static let all: [Palette] = [
        // Night
        Palette([0x0B1026, 0x2B3A67, 0x1B2445, 0x131A36, 0x070A18, 0xF2C14E, 0xF5F1E3], [.space, .noir]),
        Palette([0x120A10, 0x5A1020, 0x2E0A14, 0x1D070E, 0x0A0306, 0xE0303F, 0xEAD7C3], [.horror]),
        Palette(
            [0x0F1F1C, 0x4E7558, 0x22382F, 0x162822, 0x08120F, 0xB7E04B, 0xE6EBD0], [.horror, .fantasy]),
        Palette(
            [0x0D1B2A, 0x1B5A78, 0x16324A, 0x10263A, 0x06101A, 0x62E5C5, 0xEAF6F6], [.heist, .sea, .space]),
        Palette([0x14406B, 0x2A6AA0, 0x1B5488, 0x123A61, 0x0B2440, 0xFFB703, 0xEEF6FF], [.heist, .sports]),
        Palette([0x2A0A3B, 0x9C2473, 0x5B1458, 0x3C0E46, 0x17051F, 0xFFC857, 0xFFF0DC], [.musical]),
        Palette([0x2B2D6E, 0xB084CC, 0x4F4A94, 0x35327A, 0x18173F, 0xFFE08A, 0xFDF5FF], [.fantasy, .space]),
        Palette([0x1A1A1D, 0x64646E, 0x38383E, 0x28282D, 0x0C0C0E, 0xE4B363, 0xEFEFEF], [.noir]),
        // Dusk
        Palette([0x2D1E2F, 0xD1495B, 0x7A2E4B, 0x4C1D3D, 0x1F0F22, 0xF9A03F, 0xFBE8D3], [.western, .noir]),
        Palette([0x2C3E50, 0x8FA6B3, 0x47606F, 0x2F4554, 0x14212B, 0xE8C547, 0xF0F3F4], [.sea, .history]),
        Palette(
            [0x7A1F2B, 0xC8553D, 0x5E1822, 0x421019, 0x1E070C, 0xE9C46A, 0xFBEEDC], [.history, .musical]),
        Palette([0x184E77, 0x76C8E8, 0x34A0A4, 0xD9572B, 0x7E2A1B, 0xFFD23F, 0xFFFFFF], [.sports]),
        Palette(
            [0x3D2C5E, 0xF08A5D, 0x8C4A6B, 0x5A3561, 0x231942, 0xF9ED69, 0xFFF4E6], [.fantasy, .pastoral]),
        // Day
        Palette([0xF4A259, 0xF9D58B, 0xD9743A, 0xB04A2B, 0x4A1D14, 0xFFF3D6, 0xFFF8E6], [.western]),
        Palette(
            [0xE9C893, 0xF7E7C4, 0xC98B4F, 0x9C5A35, 0x3E2118, 0xC0392B, 0xFFF9EA], [.western, .history]),
        Palette([0xBFE3D0, 0xF7F1C9, 0x8CBF88, 0x5A9A68, 0x23493A, 0xF28F79, 0xFFFDF2], [.pastoral]),
        Palette(
            [0xF9DCC4, 0xFEF3E2, 0xB7C68B, 0x819F6B, 0x3C4F3A, 0xE76F51, 0xFFFFFF], [.pastoral, .family]),
        Palette([0xA8D8EA, 0xFDEBD2, 0x9CCFA0, 0x66B08A, 0x275D68, 0xF26B5E, 0xFFFFFF], [.family]),
        Palette(
            [0xFFD166, 0xFFE8A8, 0xF78C6B, 0xEF476F, 0x4A2370, 0x06B68A, 0xFFF8E7], [.family, .musical]),
        Palette(
            [0xF7C6C7, 0xFDEAD9, 0xE58F94, 0xB85C76, 0x4E2343, 0xF4B63D, 0xFFFFFF], [.musical, .pastoral]),
        Palette([0x8FD3E0, 0xF6F0D2, 0x3AA6B9, 0x1C7C9C, 0x0B3C5D, 0xF26B4E, 0xFFFFFF], [.sea]),
        Palette([0xD9D4C7, 0xEFEBE0, 0xA39E93, 0x6B675F, 0x1E1D1B, 0xC8102E, 0xFFFFFF], [.noir, .heist]),
        Palette([0xF2E8CF, 0xF7B267, 0xF4845F, 0xD8504D, 0x2B2D42, 0x2A9D8F, 0xFFFDF5], [.space, .heist]),
        Palette([0xF7E3AF, 0xFFF6DB, 0x7FB069, 0x4B8F5B, 0x1D3B2A, 0xE63946, 0xFFFFFF], [.sports, .family]),
        Palette([0xC3B1E1, 0xFBE4D8, 0x9A8BC7, 0x6C63A8, 0x312A5C, 0x3DAA84, 0xFFFFFF], [.fantasy]),
        Palette([0xE8DCC4, 0xF5EEDC, 0xB08968, 0x7F5539, 0x3A2519, 0x9B2226, 0xFFFAF0], [.history]),
    ]
}
