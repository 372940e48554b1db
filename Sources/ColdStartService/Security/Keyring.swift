import Diagnostics
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// The keys that open the service now.
final class Keyring: Sendable {
    private struct Contents {
        var known: [String: APIKey]
        var isRequired: Bool
    }

    private let file: KeyFile
    private let isOpenToOthers: Bool
    private let contents: Mutex<Contents>

    /// Reads the keys for a service at an address.
    ///
    /// - Throws: `keys.required` where others than this machine reach the address, and no key is in use.
    init(_ file: KeyFile, host: String) throws {
        self.file = file
        isOpenToOthers = !ListenAddress.isLoopback(host)
        let keys = try file.keys()
        if isOpenToOthers, keys.allSatisfy({ $0.revokedAt != nil }) {
            throw Diagnostic(
                .usage, code: "keys.required", "at \(host) anybody could read and change this workspace",
                fix: "make a key with 'coldstart keys add --name NAME --role admin', or listen at 127.0.0.1")
        }
        contents = Mutex(Self.contents(keys, isOpenToOthers))
    }

    /// Whether a request needs a key: once there ever was one, or others than this machine reach the service.
    var isRequired: Bool { contents.withLock { $0.isRequired } }

    /// Takes the keys as the file has them now. What cannot be read changes nothing.
    func reload(_ logger: Logger) {
        do {
            let new = Self.contents(try file.keys(), isOpenToOthers)
            let hasChanged = contents.withLock { old in
                defer { old = new }
                return old.known.mapValues(\.revokedAt) != new.known.mapValues(\.revokedAt)
            }
            if hasChanged { logger.notice("keys reloaded", metadata: ["keys": "\(new.known.count)"]) }
        } catch {
            logger.error("keys cannot be reloaded, the old ones stay", metadata: ["error": "\(error)"])
        }
    }

    /// Who sends a request.
    func caller(of request: Request) -> Caller {
        guard let header = request.headers[.authorization] else { return .anonymous }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", let token = KeyToken(parts[1]),
            let key = contents.withLock({ $0.known[token.id] }), key.revokedAt == nil, token.opens(key)
        else { return .refused }
        return .holder(id: key.id, role: key.role)
    }

    private static func contents(_ keys: [APIKey], _ isOpenToOthers: Bool) -> Contents {
        Contents(
            known: Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { $1 }),
            isRequired: isOpenToOthers || !keys.isEmpty)
    }
}
