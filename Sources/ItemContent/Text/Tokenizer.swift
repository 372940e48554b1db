/// Cuts text into words: lower-cased runs of letters and digits of any script.
///
/// - Combining marks stay with the letter before them.
/// - Everything else separates, the apostrophe too: "Schindler's" is `schindler`, `s`.
/// - Han, Hiragana and Katakana, which are written without spaces, are a token a character.
/// - Of a longer word than `maximumLength` scalars the rest is dropped.
///
/// For ASCII this is `[a-z0-9]+` on the lower-cased text. Total and linear in the text's length, whatever is in it.
public struct Tokenizer: Sendable {
    /// The longest token, in Unicode scalars.
    public static let maximumLength = 64

    /// A tokenizer; there is nothing to configure.
    public init() {}

    /// The tokens of `text`, in order. Canonically equivalent texts have equal tokens, save where a word is cut.
    public func tokens(_ text: String) -> [String] {
        var lowered = text.lowercased()
        return lowered.withUTF8 { bytes in
            var scanner = TokenScanner(bytes: bytes)
            scanner.scan()
            return scanner.tokens
        }
    }
}

/// One pass over valid UTF-8; a token is a range of it.
private struct TokenScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var tokens: [String] = []
    /// Where the open token begins and ends, nil between tokens.
    private var start: Int?
    private var end = 0
    /// Scalars in the open token.
    private var length = 0
    /// Whether the open token is a character of its own, which takes marks and nothing else.
    private var isSingle = false

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func scan() {
        var offset = 0
        while offset < bytes.count {
            let (kind, width) = kind(at: offset)
            switch kind {
            case .separator: close()
            case .letter:
                if isSingle { close() }
                extend(offset, width)
            case .single:
                close()
                extend(offset, width)
                isSingle = true
            case .mark:
                if start != nil { extend(offset, width) }
            }
            offset += width
        }
        close()
    }

    private mutating func extend(_ offset: Int, _ width: Int) {
        if start == nil { start = offset }
        length += 1
        if length <= Tokenizer.maximumLength { end = offset + width }
    }

    private mutating func close() {
        guard let first = start else { return }
        tokens.append(String(decoding: bytes[first..<end], as: UTF8.self))
        (start, length, isSingle) = (nil, 0, false)
    }

    /// What the scalar at `offset` is, and its length in bytes.
    private func kind(at offset: Int) -> (ScalarKind, width: Int) {
        let lead = bytes[offset]
        if lead < 0x80 {
            let isWord = (0x61...0x7A).contains(lead) || (0x30...0x39).contains(lead)
            return (isWord ? .letter : .separator, 1)
        }
        // A String's UTF-8 is valid: the lead byte alone tells the length, and 7 - length bits of the number.
        let width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead) & (0x7F >> UInt32(width))
        for byte in bytes[(offset + 1)..<(offset + width)] { value = value << 6 | UInt32(byte & 0x3F) }
        return (Unicode.Scalar(value).map(ScalarKind.init) ?? .separator, width)
    }
}
