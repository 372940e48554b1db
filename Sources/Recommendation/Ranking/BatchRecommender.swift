import Catalogue
import CollaborativeFiltering
public import Diagnostics
import FloatKernels

/// Lists for many users at once, handed on as CSV bytes: `user_id,item_id,score`, users in order, best first.
public struct BatchRecommender: Sendable {
    private let recommender: Recommender
    private let filter: ItemFilter
    private let policy: ListPolicy
    private let count: Int

    /// The header line.
    public static let header = "user_id,item_id,score\n"
    /// Users scored at a time: large enough for the tiles of the scan, small enough for memory.
    private static let blockSize = 1024

    /// What a batch came to.
    public struct Report: Sendable, Equatable {
        /// Lists written.
        public let lists: Int
        /// New items that passed the filter.
        public let newItems: Int
        /// How many lists show them, and how evenly.
        public let exposure: Exposure
        /// New items that stand on fewer lists than the policy wants.
        public let shortItems: Int
        /// The smallest number of lists that a new item stands on.
        public let fewest: Int
    }

    /// Lists of at most `count` items a user, of items that pass the filter, as the policy wants them.
    public init(_ recommender: Recommender, count: Int, filter: ItemFilter, policy: ListPolicy = .plain) {
        self.recommender = recommender
        self.filter = filter
        self.policy = policy
        self.count = count
    }

    /// Makes the lists and gives their lines to `write`, block by block; all at the end where new items are to stand on a
    /// minimum of them.
    ///
    /// - Parameter wanted: ids; nil for every user of the catalogue.
    public func run(
        users wanted: [String]? = nil, monitor: WorkMonitor = .silent, write: ([UInt8]) throws -> Void
    ) throws -> Report {
        try monitor.report("Reading ratings", 0)
        let users = try selectedUsers(wanted)
        let snapshot = recommender.snapshot
        let rows = try filter.allowed(snapshot)?.members ?? Array(snapshot.items.indices)
        let batch = Batch(recommender, rows: rows, policy: policy)
        let ratings = try recommender.store.ratingsByUser(users)
        var counts = [Int](repeating: 0, count: batch.ids.count)
        try write(Array(Self.header.utf8))
        func finish(_ block: Batch.Block) throws {
            for entry in block.lists.joined() { counts[entry.index] += 1 }
            for lines in batch.lines(block, pool: recommender.pool) { try write(lines) }
        }
        var all = Batch.Block(width: recommender.snapshot.queries.columns)
        for start in stride(from: 0, to: users.count, by: Self.blockSize) {
            try monitor.report("Recommending", start, of: users.count, "lists")
            let block = block(users[start..<min(start + Self.blockSize, users.count)], ratings, batch)
            if policy.impressions > 0 { all.append(block) } else { try finish(block) }
        }
        if policy.impressions > 0 {
            try monitor.report("Showing new items", 0, of: 1)
            _ = ImpressionPlan(
                batch.table, length: count, lists: &all.lists, queries: all.queries, excluded: all.excluded,
                pool: recommender.pool)
            try monitor.report("Showing new items", 1, of: 1)
            try finish(all)
        }
        try monitor.report("Recommending", users.count, of: users.count, "lists")
        let shown = counts.indices.filter { batch.table.isNew[$0] }.map { counts[$0] }
        return Report(
            lists: users.count, newItems: shown.count, exposure: Exposure(counts: shown),
            shortItems: shown.count { $0 < policy.impressions }, fewest: shown.min() ?? 0)
    }

    private func block(
        _ users: ArraySlice<StoredUser>, _ ratings: [Int64: [KeyedRating]], _ batch: Batch
    ) -> Batch.Block {
        let snapshot = recommender.snapshot
        var block = Batch.Block(width: snapshot.queries.columns)
        for user in users {
            let own = ratings[user.key] ?? []
            block.users.append(user.user.id)
            block.elements += snapshot.query(of: user.user, ratings: own)
            block.excluded.append(filter.includesSeen ? [] : batch.places(of: snapshot.rows(of: own)))
        }
        block.lists = batch.table.lists(
            count, queries: block.queries, excluded: block.excluded, pool: recommender.pool)
        return block
    }

    private func selectedUsers(_ wanted: [String]?) throws -> [StoredUser] {
        let all = try recommender.store.users()
        guard let wanted else { return all }
        let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.user.id, $0) })
        return try wanted.map { id in
            guard let user = byID[id] else {
                throw Recommender.unknownUser(id, among: byID.keys)
            }
            return user
        }
    }
}

extension CatalogueStore {
    /// The ratings of each of `users`, by the user's key.
    func ratingsByUser(_ users: [StoredUser]) throws -> [Int64: [KeyedRating]] {
        let wanted = Set(users.map(\.key))
        var ratings: [Int64: [KeyedRating]] = [:]
        try forEachRating { user, item, value, timestamp in
            if wanted.contains(user) {
                ratings[user, default: []].append(
                    KeyedRating(userKey: user, itemKey: item, value: value, timestamp: timestamp))
            }
        }
        return ratings
    }
}

/// What the lists of a batch have in common.
private struct Batch: Sendable {
    /// The items that pass the filter.
    let table: CandidateTable
    /// Their ids as CSV fields.
    let ids: [[UInt8]]
    /// Of every row of the snapshot the place among them, or −1.
    private let place: [Int32]

    init(_ recommender: Recommender, rows: [Int], policy: ListPolicy) {
        let snapshot = recommender.snapshot
        table = CandidateTable(snapshot, rows: rows, policy: policy)
        ids = rows.map { CSVField.encode(snapshot.items[$0].item.id) }
        var place = [Int32](repeating: -1, count: snapshot.items.count)
        for (index, row) in rows.enumerated() { place[row] = Int32(index) }
        self.place = place
    }

    /// Some users and their lists.
    struct Block: Sendable {
        let width: Int
        var users: [String] = []
        /// users × width
        var elements: [Float] = []
        /// What a user is not shown, ascending.
        var excluded: [[Int32]] = []
        var lists: [[ProductScan.Entry]] = []

        init(width: Int) { self.width = width }

        var queries: Matrix { Matrix(rows: users.count, columns: width, elements: elements) }

        mutating func append(_ other: Block) {
            users += other.users
            elements += other.elements
            excluded += other.excluded
            lists += other.lists
        }
    }

    /// Places of ascending rows, ascending.
    func places(of rows: [Int32]) -> [Int32] { rows.map { place[Int($0)] }.filter { $0 >= 0 } }

    /// For every user the lines.
    func lines(_ block: Block, pool: ThreadPool) -> [[UInt8]] {
        var lines = [[UInt8]](repeating: [], count: block.users.count)
        lines.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let lines = buffer
            pool.forEachRange(block.users.count) { range in
                for row in range { lines[row] = render(block.users[row], block.lists[row]) }
            }
        }
        return lines
    }

    private func render(_ user: String, _ list: [ProductScan.Entry]) -> [UInt8] {
        let prefix = CSVField.encode(user) + [UInt8(ascii: ",")]
        var lines: [UInt8] = []
        lines.reserveCapacity(list.count * (prefix.count + 20))
        for entry in list {
            lines += prefix
            lines += ids[entry.index]
            lines.append(UInt8(ascii: ","))
            CSVField.append(table.score(entry), to: &lines)
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }
}
