/// What a Unicode scalar is to the tokenizer.
enum ScalarKind {
    case letter, mark, single, separator

    init(_ scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .decimalNumber: self = .letter
        case .otherLetter, .modifierLetter, .letterNumber: self = Self.isUnspaced(scalar) ? .single : .letter
        case .nonspacingMark, .spacingMark, .enclosingMark: self = .mark
        default: self = .separator
        }
    }

    /// Han, by the property, and Hiragana and Katakana, by their blocks.
    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x2E80: false
        case 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F, 0x1AFF0...0x1B16F: true
        default: scalar.properties.isIdeographic || scalar == "々"
        }
    }
}
