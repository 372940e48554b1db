import FuzzTargets
import ItemContent
import Testing

/// Texts that are hard to cut into words by how they are made, each within a bound of time.
@Suite struct HardTextTests {
    private static let size = 10_000_000

    private static let texts: [(name: String, text: String, tokens: Int)] = [
        ("a word of 10 MB", String(repeating: "a", count: size), 1),
        ("a word of 10 MB in Cyrillic", String(repeating: "Ж", count: size / 2), 1),
        ("10 MB of Han", String(repeating: "山", count: size / 3), size / 3),
        ("10 MB of emoji", String(repeating: "👩‍👩‍👧", count: size / 18), 0),
        ("10 MB of NUL", String(repeating: "\0", count: size), 0),
        ("10 MB of lone combining marks", String(repeating: "\u{0301}", count: size / 2), 0),
        ("a letter under 10 MB of marks", "a" + String(repeating: "\u{0316}\u{0301}", count: size / 4), 1),
        ("10 MB of controls of direction", String(repeating: "\u{202E}\u{2066}\u{200F}", count: size / 9), 0),
        (
            "words between controls of direction", String(repeating: "\u{202E}ab\u{202C}", count: size / 8),
            size / 8
        ),
        ("words between NULs", String(repeating: "ab\0", count: size / 3), size / 3),
        ("10 MB of dotted capital I", String(repeating: "İ", count: size / 2), 1),
        ("10 MB of Zalgo text", String(repeating: "e\u{0300}\u{0316}\u{0489} ", count: size / 8), size / 8),
        ("10 MB of replacement characters", String(repeating: "\u{FFFD}", count: size / 3), 0),
    ]

    @Test("10 MB of any text are cut into words in seconds", arguments: texts.indices)
    func hardText(_ index: Int) {
        let (name, text, count) = Self.texts[index]
        var tokens: [String] = []
        let duration = ContinuousClock().measure { tokens = Tokenizer().tokens(text) }
        #expect(tokens.count == count, "\(name)")
        #expect(tokens.allSatisfy { $0.unicodeScalars.count <= Tokenizer.maximumLength }, "\(name)")
        #expect(duration < .seconds(60), "\(name) took \(duration)")
    }
}
