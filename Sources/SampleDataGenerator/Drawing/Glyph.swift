/// One character of the typeface on a grid eight units high.
struct Glyph {
    /// A point of a stroke, and whether the stroke bends smoothly there.
    struct Corner {
        var point: Point
        var isRound: Bool
    }

    var width: Float
    var strokes: [[Corner]]

    /// Reads `"00 38~ 60|…"`: column and row of each point, `~` after a round corner, `|` between strokes.
    private init(_ width: Float, _ design: String) {
        self.width = width
        strokes = design.split(separator: "|").map { stroke in
            stroke.split(separator: " ").map { token in
                let digits = token.utf8.prefix(2).map { Float($0) - 48 }
                return Corner(point: Point(digits[0], digits[1]), isRound: token.hasSuffix("~"))
            }
        }
    }

    /// Letters and the few signs that titles and names use; anything else is left out of the lettering.
    static let table: [Character: Glyph] = [
        "A": Glyph(6, "08 30 68|15 55"),
        "B": Glyph(6, "04 44 64~ 68~ 38 08 00 30 50~ 54~ 34"),
        "C": Glyph(6, "62 60~ 30 00~ 08~ 38 68~ 66"),
        "D": Glyph(6, "00 30 60~ 68~ 38 08 00"),
        "E": Glyph(5, "50 00 08 58|04 44"),
        "F": Glyph(5, "50 00 08|04 44"),
        "G": Glyph(6, "62 60~ 30 00~ 08~ 38 68~ 64 44"),
        "H": Glyph(6, "00 08|60 68|04 64"),
        "I": Glyph(0, "00 08"),
        "J": Glyph(4, "40 48~ 28 08~ 06"),
        "K": Glyph(6, "00 08|60 05|23 68"),
        "L": Glyph(5, "00 08 58"),
        "M": Glyph(8, "08 00 45 80 88"),
        "N": Glyph(6, "08 00 68 60"),
        "O": Glyph(6, "30 00~ 08~ 68~ 60~ 30"),
        "P": Glyph(6, "08 00 30 60~ 65~ 35 05"),
        "Q": Glyph(6, "30 00~ 08~ 68~ 60~ 30|46 68"),
        "R": Glyph(6, "08 00 30 60~ 65~ 35 05|35 68"),
        "S": Glyph(6, "62 60~ 30 00~ 04~ 34 64~ 68~ 38 08~ 06"),
        "T": Glyph(6, "00 60|30 38"),
        "U": Glyph(6, "00 08~ 38 68~ 60"),
        "V": Glyph(6, "00 38 60"),
        "W": Glyph(8, "00 28 42 68 80"),
        "X": Glyph(6, "00 68|60 08"),
        "Y": Glyph(6, "00 34 60|34 38"),
        "Z": Glyph(6, "00 60 08 68"),
        "'": Glyph(0, "00 02"),
        "-": Glyph(3, "04 34"),
        " ": Glyph(2, ""),
    ]
}
