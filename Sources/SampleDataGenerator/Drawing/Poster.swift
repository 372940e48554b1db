import FloatKernels
import ItemContent

/// A film's poster: a scene, the title in capitals, and the name of who made it.
///
/// The scene shows one theme as the poster knows it, the inks show how bright the film is, the crowd in the
/// picture how loud it is. What the film is about besides is left to the other sources.
struct Poster {
    /// Pixels; the proportion is that of a printed one-sheet.
    static let width = 200
    static let height = 300
    /// Colours kept in the file.
    static let colours = 80

    let title: String
    let credit: String
    let theme: Theme
    /// How bright and how loud the poster makes the film look, about -1...1.
    let bright: Float
    let loud: Float

    /// The finished picture.
    func draw(using random: inout RandomGenerator) -> RGBImage {
        let palette = Palette.draw(for: theme, bright: bright, using: &random)
        let lines = Self.lines(of: title)
        let layout: Layout = lines.count < 3 && random.chance(0.45) ? .framed : .full
        var scene = Scene(
            canvas: Canvas(width: Self.width, height: Self.height, background: palette.light),
            palette: palette, origin: layout.origin, size: layout.size,
            density: min(max(0.5 + 0.4 * loud, 0), 1), random: random)
        scene.draw(theme)
        if scene.random.chance(0.5) { scene.canvas.mirror() }
        layout.trim(&scene)
        letter(lines, on: &scene, layout)
        random = scene.random
        return RGBImage(
            width: Self.width, height: Self.height,
            pixels: Quantiser(limit: Self.colours).bytes(of: scene.canvas))
    }

    private func letter(_ lines: [String], on scene: inout Scene, _ layout: Layout) {
        let style = Lettering(
            size: min(28, layout.titleHeight / (1.38 * Float(lines.count) - 0.38)),
            weight: scene.random.uniform(0.11...0.21),
            stretch: scene.random.uniform(0.72...1), tracking: scene.random.uniform(0.1...0.22)
        ).fitted(lines, within: layout.titleWidth)
        let pitch = style.size * 1.38
        let block = pitch * Float(lines.count) - style.size * 0.38
        let ink = layout.isFramed ? scene.palette.near : scene.inkOnSky()
        for (row, line) in lines.enumerated() {
            let top = layout.titleMiddle - block / 2 + Float(row) * pitch
            scene.fill(style.path(line, centredAt: Point(100, top)), ink)
        }
        let small = Lettering(size: 6.5, weight: 0.15, stretch: 0.85, tracking: 0.3)
            .fitted([credit], within: layout.titleWidth)
        let creditInk = layout.isFramed ? scene.palette.near : scene.palette.light
        scene.fill(small.path(credit, centredAt: Point(100, layout.creditTop)), creditInk)
    }

    /// The title in as few lines as fit the sheet, at most three, the longest as short as can be.
    private static func lines(of title: String) -> [String] {
        let words = title.split(separator: " ").map(String.init)
        for (count, room) in [(1, 9), (2, 15)] where words.count >= count {
            let lines = split(words[...], into: count)
            if longest(lines) <= room { return lines }
        }
        return split(words[...], into: min(3, words.count))
    }

    private static func split(_ words: ArraySlice<String>, into count: Int) -> [String] {
        guard count > 1 else { return [words.joined(separator: " ")] }
        var best: [String] = []
        for first in 1...(words.count - count + 1) {
            let lines =
                [words.prefix(first).joined(separator: " ")] + split(words.dropFirst(first), into: count - 1)
            if best.isEmpty || longest(lines) <= longest(best) { best = lines }
        }
        return best
    }

    private static func longest(_ lines: [String]) -> Int { lines.map(\.count).max() ?? 0 }
}
