public import Catalogue
import Diagnostics
import Foundation
import Recommendation

/// The keys of a workspace, in its `keys.json`, which only its owner may read.
///
/// Revoked keys stay on record, so that a service whose last key is revoked is closed, not open.
public struct KeyFile: Sendable {
    private let path: String

    /// The keys of a workspace.
    public init(_ workspace: Workspace) { path = workspace.directory + "/keys.json" }

    /// All keys, in the order in which they were made.
    ///
    /// - Throws: `keys.malformed`.
    public func keys() throws -> [APIKey] {
        guard let data = FileManager.default.contents(atPath: path) else {
            guard FileManager.default.fileExists(atPath: path) else { return [] }
            throw Diagnostic(
                .unavailable, code: "keys.unreadable", "the keys cannot be read", at: .init(file: path),
                fix: "run as the user who owns the file")
        }
        do {
            return try StableJSON.decode([APIKey].self, from: data)
        } catch {
            throw Diagnostic(
                .badData, code: "keys.malformed", "this is no list of keys", at: .init(file: path),
                fix: "bring it back from a copy, or remove it and make new keys with 'coldstart keys add'")
        }
    }

    /// Makes a key; the caller holds the workspace's lock.
    ///
    /// - Returns: the key, and its token, which nobody can tell from it afterwards.
    public func add(name: String, role: Role) throws -> (key: APIKey, token: String) {
        guard (1...100).contains(name.utf8.count), !name.unicodeScalars.contains(where: \.isControl) else {
            throw Diagnostic(
                .usage, code: "keys.name", "this is no name for a key",
                fix: "give 1 to 100 bytes without control characters")
        }
        let known = try keys()
        let token = KeyToken(avoiding: Set(known.map(\.id)))
        let key = APIKey(
            id: token.id, name: name, role: role, createdAt: Clock.now(), revokedAt: nil, digest: token.digest
        )
        try write(known + [key])
        return (key, token.text)
    }

    /// Takes a key out of use; the caller holds the workspace's lock.
    ///
    /// - Throws: `keys.unknown`.
    public func revoke(_ id: String) throws -> APIKey {
        var keys = try keys()
        guard let index = keys.firstIndex(where: { $0.id == id }) else {
            // Who pastes a token here gets no copy of it back.
            throw Diagnostic(
                .missingInput, code: "keys.unknown", "there is no key of this id",
                fix: "see 'coldstart keys list' for the ids")
        }
        keys[index].revokedAt = keys[index].revokedAt ?? Clock.now()
        try write(keys)
        return keys[index]
    }

    private func write(_ keys: [APIKey]) throws {
        try DurableFile.write(try StableJSON.encode(keys), to: path, isPrivate: true)
    }
}
