public import Catalogue

/// All users and what they rated, in memory: for a service, which asks for many.
///
/// A value: a change makes another one, and whoever holds the old one keeps it. Ratings of before stand in compressed rows
/// that all values share; what changed since lies above them, by user, and goes into rows of its own when it is much, so that
/// neither memory nor the time of a change grows with the number of changes.
public struct UserHistories: UserSource {
    private var base: Rows
    /// Users and ratings that changed since `base` was read, by the user's key.
    private var changed: [Int64: (user: User, ratings: [KeyedRating])] = [:]
    /// Ratings of all users.
    public private(set) var ratingCount: Int
    /// Keys of users that `base` lacks, by id.
    private var added: [String: Int64] = [:]

    /// Ratings in compressed rows, a row a user, and where a user's row is.
    private final class Rows: Sendable {
        let users: [StoredUser]
        let rowOfID: [String: Int32]
        let rowOfKey: [Int64: Int32]
        /// Row r's ratings are those from `starts[r]` to `starts[r + 1]`.
        let starts: [Int]
        let items: [Int32]
        let values: [Float]
        let timestamps: [Int64]

        /// - Parameter ratings: of the users, row by row; a row ends where `counts` says.
        init(users: [StoredUser], counts: [Int], items: [Int32], values: [Float], timestamps: [Int64]) {
            self.users = users
            rowOfID = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1.user.id, Int32($0)) })
            rowOfKey = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1.key, Int32($0)) })
            starts = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
            self.items = items
            self.values = values
            self.timestamps = timestamps
        }

        convenience init(_ store: some CatalogueStore) throws {
            let users = try store.users()
            let rowOfKey = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1.key, $0) })
            var counts = [Int](repeating: 0, count: users.count)
            var items: [Int32] = []
            var values: [Float] = []
            var timestamps: [Int64] = []
            // By user key, then item key: rows follow each other.
            try store.forEachRating { user, item, value, timestamp in
                guard let row = rowOfKey[user] else { return }
                counts[row] += 1
                items.append(Int32(clamping: item))
                values.append(value)
                timestamps.append(timestamp)
            }
            self.init(users: users, counts: counts, items: items, values: values, timestamps: timestamps)
        }

        /// The rows with what changed since.
        func taking(_ changed: [Int64: (user: User, ratings: [KeyedRating])]) -> Rows {
            // Keys only rise, so users that came since follow.
            let added = changed.keys.filter { rowOfKey[$0] == nil }.sorted()
            let all = users.map(\.key) + added
            var counts: [Int] = []
            var (items, values, timestamps) = ([Int32](), [Float](), [Int64]())
            let most = changed.values.reduce(self.items.count) { $0 + $1.ratings.count }
            items.reserveCapacity(most)
            values.reserveCapacity(most)
            timestamps.reserveCapacity(most)
            for (row, key) in all.enumerated() {
                let before = items.count
                if let own = changed[key]?.ratings {
                    items += own.map { Int32(clamping: $0.itemKey) }
                    values += own.map(\.value)
                    timestamps += own.map(\.timestamp)
                } else {
                    let range = starts[row]..<starts[row + 1]
                    items += self.items[range]
                    values += self.values[range]
                    timestamps += self.timestamps[range]
                }
                counts.append(items.count - before)
            }
            let users = all.enumerated().map { row, key in
                changed[key].map { StoredUser(key: key, user: $0.user) } ?? self.users[row]
            }
            return Rows(users: users, counts: counts, items: items, values: values, timestamps: timestamps)
        }

        func ratings(ofRow row: Int) -> [KeyedRating] {
            (starts[row]..<starts[row + 1]).map { index in
                KeyedRating(
                    userKey: users[row].key, itemKey: Int64(items[index]), value: values[index],
                    timestamp: timestamps[index])
            }
        }
    }

    /// Reads all of them.
    public init(_ store: some CatalogueStore) throws {
        base = try Rows(store)
        ratingCount = base.items.count
    }

    /// Changed users from which on they go into rows: a part of all, within bounds between which that costs little.
    private var mostChanged: Int { min(max(base.users.count / 16, 256), 20_000) }

    /// The user of that id, or nil.
    public func user(id: String) -> StoredUser? {
        guard let key = added[id] ?? base.rowOfID[id].map({ base.users[Int($0)].key }) else { return nil }
        return user(key: key).map { StoredUser(key: key, user: $0) }
    }

    /// The user of that key, or nil.
    public func user(key: Int64) -> User? {
        changed[key]?.user ?? base.rowOfKey[key].map { base.users[Int($0)].user }
    }

    /// All ratings of a user, by item key.
    public func ratings(ofUser key: Int64) -> [KeyedRating] {
        if let own = changed[key] { return own.ratings }
        return base.rowOfKey[key].map { base.ratings(ofRow: Int($0)) } ?? []
    }

    /// At most `limit` users whose id contains `text`, upper and lower case being equal, by key and after `key`.
    public func users(containing text: String?, after key: Int64, limit: Int) -> [StoredUser] {
        let wanted = text?.lowercased()
        var found: [StoredUser] = []
        func take(_ key: Int64, _ id: String) {
            guard wanted.map(id.lowercased().contains) ?? true, let user = user(key: key) else { return }
            found.append(StoredUser(key: key, user: user))
        }
        for user in base.users where user.key > key && found.count < limit { take(user.key, user.user.id) }
        // Keys only rise, so users that came since follow.
        for (id, own) in added.sorted(by: { $0.value < $1.value }) where own > key && found.count < limit {
            take(own, id)
        }
        return found
    }

    /// The same with these users as the store has them by now.
    func rereading(_ keys: some Sequence<Int64>, from store: some CatalogueStore, users: [Int64: User]) throws
        -> UserHistories
    {
        var copy = self
        for key in keys {
            guard let user = users[key] ?? user(key: key) else { continue }
            if base.rowOfKey[key] == nil { copy.added[user.id] = key }
            copy.change(key, user, try store.ratings(ofUser: key))
        }
        copy.fold()
        return copy
    }

    /// The same without the ratings of an item.
    func forgetting(item: Int64, raters: some Sequence<Int64>) -> UserHistories {
        var copy = self
        for key in raters {
            guard let user = user(key: key) else { continue }
            copy.change(key, user, ratings(ofUser: key).filter { $0.itemKey != item })
        }
        copy.fold()
        return copy
    }

    private mutating func fold() {
        guard changed.count > mostChanged else { return }
        base = base.taking(changed)
        (changed, added) = ([:], [:])
    }

    private mutating func change(_ key: Int64, _ user: User, _ ratings: [KeyedRating]) {
        ratingCount += ratings.count - self.ratings(ofUser: key).count
        changed[key] = (user, ratings)
    }
}
