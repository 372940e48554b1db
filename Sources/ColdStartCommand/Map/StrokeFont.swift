import Foundation

/// Letters for pictures that we draw ourselves: a 5 × 7 font, whose dots are joined to strokes, so that it is smooth at any
/// size. Latin letters without their accents; what it has not is a question mark.
package enum StrokeFont {
    /// A stroke between the centres of two dots, in dots from the upper left one.
    package typealias Stroke = (from: SIMD2<Float>, to: SIMD2<Float>)

    /// A letter.
    package struct Glyph: Sendable {
        /// Dots across.
        package let width: Int
        package let strokes: [Stroke]
    }

    /// Dots from the top of a capital to where it stands.
    package static let capital: Float = 6
    /// Dots from the top of a capital to the lowest dot of all letters.
    package static let depth: Float = 8
    /// Of a dot, for letters of a size as CSS counts it: a capital is 0.72 of it high.
    package static func dot(size: Double) -> Double { 0.72 * size / 7 }

    /// How wide a line is.
    package static func width(of text: String, size: Double) -> Double {
        let dots = glyphs(of: text).reduce(0) { $0 + $1.width + 1 }
        return dot(size: size) * Double(max(0, dots - 1))
    }

    /// The letters of a line.
    package static func glyphs(of text: String) -> [Glyph] {
        let plain = text.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
        return plain.flatMap { replacements[$0] ?? String($0) }.compactMap { glyphs[$0] ?? glyphs["?"] }
    }

    private static let replacements: [Character: String] = [
        "’": "'", "‘": "'", "“": "\"", "”": "\"", "„": "\"", "—": "–", "ß": "ss", "æ": "ae", "Æ": "AE",
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D", "ı": "i",
    ]

    private static let glyphs: [Character: Glyph] = StrokeFontDots.letters.mapValues { drawing in
        let rows = drawing.split(separator: "/").map { $0.map { $0 == "#" } }
        func isSet(_ x: Int, _ y: Int) -> Bool {
            y >= 0 && y < rows.count && x >= 0 && x < rows[y].count && rows[y][x]
        }
        var strokes: [Stroke] = []
        for y in rows.indices {
            for x in rows[y].indices where isSet(x, y) {
                let here = SIMD2(Float(x), Float(y))
                var isAlone = true
                for dx in -1...1 {
                    for dy in -1...1 where (dx != 0 || dy != 0) && isSet(x + dx, y + dy) {
                        isAlone = false
                        // Each pair once; slanting ones only where no straight way leads there.
                        let isForward = dy > 0 || (dy == 0 && dx > 0)
                        let isCorner = dx != 0 && dy != 0 && (isSet(x + dx, y) || isSet(x, y + dy))
                        if isForward, !isCorner {
                            strokes.append((here, here + SIMD2(Float(dx), Float(dy))))
                        }
                    }
                }
                if isAlone { strokes.append((here, here)) }
            }
        }
        return Glyph(width: rows.map(\.count).max() ?? 0, strokes: strokes)
    }
}
