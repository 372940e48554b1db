public import Catalogue
import Synchronization

/// Where answers look users up, and what they rated.
public protocol UserSource: Sendable {
    /// The user of that id, or nil.
    func user(id: String) throws -> StoredUser?

    /// The user of that key, or nil.
    func user(key: Int64) throws -> User?

    /// All ratings of a user, by item key.
    func ratings(ofUser key: Int64) throws -> [KeyedRating]
}

/// Users as the store has them: for a command, which asks for few.
final class StoredUsers: UserSource {
    private let store: any CatalogueStore
    /// Read when the first key is met.
    private let byKey = Mutex<[Int64: User]?>(nil)

    init(_ store: any CatalogueStore) { self.store = store }

    func user(id: String) throws -> StoredUser? { try store.user(id: id) }

    func user(key: Int64) throws -> User? {
        try byKey.withLock { users in
            if users == nil {
                users = Dictionary(uniqueKeysWithValues: try store.users().map { ($0.key, $0.user) })
            }
            return users?[key]
        }
    }

    func ratings(ofUser key: Int64) throws -> [KeyedRating] { try store.ratings(ofUser: key) }
}
