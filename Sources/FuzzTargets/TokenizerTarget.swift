import Foundation
import ItemContent

/// Words of any text.
enum TokenizerTarget {
    static func run(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let tokens = Tokenizer().tokens(text)
        for token in tokens {
            let scalars = token.unicodeScalars
            precondition((1...Tokenizer.maximumLength).contains(scalars.count), "a token's length")
            precondition(
                !scalars.contains { $0.properties.isWhitespace || $0.properties.generalCategory == .control },
                "a token holds what separates")
        }
        precondition(Tokenizer().tokens(tokens.joined(separator: " ")) == tokens, "tokens are tokens")
        if bytes.allSatisfy({ $0 < 0x80 }) {
            let words = text.lowercased().split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }
            precondition(tokens == words.map { String($0.prefix(Tokenizer.maximumLength)) }, "[a-z0-9]+")
        }
        // A word that is cut may be cut elsewhere.
        if tokens.contains(where: { $0.unicodeScalars.count > Tokenizer.maximumLength / 4 }) { return }
        precondition(
            Tokenizer().tokens(text.decomposedStringWithCanonicalMapping) == tokens,
            "an equivalent text has other tokens")
    }
}
