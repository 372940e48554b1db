import Crypto
import Foundation

/// What a client sends: `cs_<id>_<secret>`.
///
/// The secret is 256 random bits. Nobody can try so many, so a plain SHA-256 protects it as well as a slow password hash
/// would, and costs a microsecond a request where that costs milliseconds.
struct KeyToken {
    let id: String
    private let secret: String

    private static let prefix = "cs"

    /// A token that nobody has.
    ///
    /// - Parameter taken: ids that other keys have.
    init(avoiding taken: Set<String>) {
        var generator = SystemRandomNumberGenerator()
        var id = ""
        repeat {
            id = Self.hexadecimal(generator.next() as UInt32)
        } while taken.contains(id)
        self.id = id
        secret = SymmetricKey(size: .bits256).withUnsafeBytes { $0.map(Self.hexadecimal).joined() }
    }

    /// Reads a token; nil where the text is none.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.prefix, parts[1].utf8.count == 8, parts[2].utf8.count == 64
        else { return nil }
        id = String(parts[1])
        secret = String(parts[2])
    }

    /// The whole token, to be shown once to who asked for the key.
    var text: String { "\(Self.prefix)_\(id)_\(secret)" }

    /// What is kept of the secret.
    var digest: Data { Data(SHA256.hash(data: Data(secret.utf8))) }

    /// Whether this is the token of a key. Digests are compared in constant time, as swift-crypto does.
    func opens(_ key: APIKey) -> Bool { SHA256.hash(data: Data(secret.utf8)) == key.digest }

    private static func hexadecimal<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: Number.bitWidth / 4 - digits.count) + digits
    }
}

// A token in a message would be a token in a log.
extension KeyToken: CustomStringConvertible {
    var description: String { "\(Self.prefix)_\(id)_…" }
}
