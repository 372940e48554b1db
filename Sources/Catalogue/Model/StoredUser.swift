/// A user with the store's key.
public struct StoredUser: Sendable, Equatable {
    /// Stable for the life of the user, never used twice; rising in the order users were added.
    public var key: Int64
    /// The user as its owner describes it.
    public var user: User

    /// Makes a stored user; the store is who calls it.
    public init(key: Int64, user: User) {
        self.key = key
        self.user = user
    }
}
