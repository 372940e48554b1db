/// A colour of the map.
package struct MapColour: Sendable, Equatable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    init(_ code: UInt32) {
        red = UInt8(code >> 16 & 255)
        green = UInt8(code >> 8 & 255)
        blue = UInt8(code & 255)
    }

    /// `#0072b2`.
    package var css: String {
        let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    static let paper = MapColour(0xFBFAF7)
    static let ink = MapColour(0x1D1B18)
    static let soft = MapColour(0x66615A)
    static let rule = MapColour(0xE3DED4)
    static let other = MapColour(0xA3A099)

    /// M. Okabe and K. Ito, "Color Universal Design", 2008: told apart by people with any kind of colour vision. Their black is
    /// left to letters; in its place stands P. Tol's wine.
    private static let genres = [
        0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xD55E00, 0xF0E442, 0x882255,
    ].map { MapColour($0) }

    /// Of a genre by its position, grey of none.
    static func ofGenre(_ position: Int?) -> MapColour {
        position.map { genres[$0 % genres.count] } ?? other
    }
}
