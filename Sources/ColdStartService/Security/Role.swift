/// What a key may do; each role may also do what those before it may.
public enum Role: String, Codable, CaseIterable, Sendable, Comparable {
    /// Ask for anything.
    case read
    /// Also change items, users and ratings.
    case write
    /// Also train and activate models.
    case admin

    /// By how much they may.
    public static func < (a: Role, b: Role) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .read: 0
        case .write: 1
        case .admin: 2
        }
    }
}
