import Catalogue
import CollaborativeFiltering
public import Diagnostics
import FloatKernels

/// Lists for many users at once, handed on as CSV bytes: `user_id,item_id,score`, users in order, best first.
public struct BatchRecommender: Sendable {
    private let recommender: Recommender
    private let filter: ItemFilter
    private let count: Int

    /// The header line.
    public static let header = "user_id,item_id,score\n"
    /// Users scored at a time: large enough for the tiles of the scan, small enough for memory.
    private static let blockSize = 1024

    /// Lists of at most `count` items a user, of items that pass the filter.
    public init(_ recommender: Recommender, count: Int, filter: ItemFilter) {
        self.recommender = recommender
        self.filter = filter
        self.count = count
    }

    /// Makes the lists and gives their lines to `write`, block by block.
    ///
    /// - Parameter users: ids; nil for every user of the catalogue.
    /// - Returns: how many lists were written.
    public func run(
        users wanted: [String]? = nil, monitor: WorkMonitor = .silent, write: ([UInt8]) throws -> Void
    ) throws -> Int {
        let snapshot = recommender.snapshot
        let users = try selectedUsers(wanted)
        let rows = try filter.rows(snapshot)
        let candidates = Candidates(
            scan: rows.count == snapshot.items.count
                ? snapshot.scan
                : ProductScan(
                    vectors: snapshot.table.vectors.selectingRows(rows),
                    biases: rows.map { snapshot.table.biases[$0] }),
            ids: rows.map { CSVField.encode(snapshot.items[$0].item.id) })
        var place = [Int32](repeating: -1, count: snapshot.items.count)
        for (index, row) in rows.enumerated() { place[row] = Int32(index) }
        let ratings = try ratingsByUser(users)
        try write(Array(Self.header.utf8))
        for start in stride(from: 0, to: users.count, by: Self.blockSize) {
            try monitor.report("Recommending", start, of: users.count)
            let block = Array(users[start..<min(start + Self.blockSize, users.count)])
            for lines in lists(block, ratings: ratings, candidates: candidates, place: place) {
                try write(lines)
            }
        }
        try monitor.report("Recommending", users.count, of: users.count)
        return users.count
    }

    private func lists(
        _ block: [StoredUser], ratings: [Int64: [KeyedRating]], candidates: Candidates, place: [Int32]
    ) -> [[UInt8]] {
        let snapshot = recommender.snapshot
        var vectors: [Float] = []
        for user in block {
            vectors += snapshot.vector(of: user.user, ratings: ratings[user.key] ?? [])
        }
        let seen = block.map { user in
            filter.includesSeen
                ? [] : snapshot.rows(of: ratings[user.key] ?? []).map { place[Int($0)] }.filter { $0 >= 0 }
        }
        let lists = candidates.scan.largest(
            count, queries: Matrix(rows: block.count, columns: snapshot.table.dimensions, elements: vectors),
            excluded: seen, pool: recommender.pool)
        var lines = [[UInt8]](repeating: [], count: block.count)
        lines.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let lines = buffer
            recommender.pool.forEachRange(block.count) { range in
                for row in range { lines[row] = render(block[row], lists[row], candidates) }
            }
        }
        return lines
    }

    /// Lines of one user.
    private func render(
        _ user: StoredUser, _ best: [ProductScan.Entry], _ candidates: Candidates
    ) -> [UInt8] {
        let prefix = CSVField.encode(user.user.id) + [UInt8(ascii: ",")]
        var line: [UInt8] = []
        line.reserveCapacity(best.count * (prefix.count + 20))
        for entry in best {
            line += prefix
            line += candidates.ids[entry.index]
            line.append(UInt8(ascii: ","))
            CSVField.append(entry.score, to: &line)
            line.append(UInt8(ascii: "\n"))
        }
        return line
    }

    private func selectedUsers(_ wanted: [String]?) throws -> [StoredUser] {
        let all = try recommender.store.users()
        guard let wanted else { return all }
        let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.user.id, $0) })
        return try wanted.map { id in
            guard let user = byID[id] else {
                throw Recommender.unknownUser(id, near: Suggestion.nearest(to: id, among: byID.keys))
            }
            return user
        }
    }

    private func ratingsByUser(_ users: [StoredUser]) throws -> [Int64: [KeyedRating]] {
        let wanted = Set(users.map(\.key))
        var ratings: [Int64: [KeyedRating]] = [:]
        try recommender.store.forEachRating { user, item, value, timestamp in
            if wanted.contains(user) {
                ratings[user, default: []].append(
                    KeyedRating(userKey: user, itemKey: item, value: value, timestamp: timestamp))
            }
        }
        return ratings
    }
}

/// The candidate items of a batch.
struct Candidates: Sendable {
    let scan: ProductScan
    /// Ids as CSV fields.
    let ids: [[UInt8]]
}

/// CSV output where speed matters: millions of lines.
package enum CSVField {
    /// The text as a field, quoted where RFC 4180 asks for it.
    package static func encode(_ text: String) -> [UInt8] {
        let special = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard special else { return Array(text.utf8) }
        let doubled = text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        return Array("\"\(doubled)\"".utf8)
    }

    /// A score with seven decimals, which is what a Float holds.
    package static func append(_ score: Float, to line: inout [UInt8]) {
        guard score.isFinite, abs(score) < 1e6 else { return line += "\(score)".utf8 }
        let scaled = (Double(score) * 1e7).rounded()
        if scaled < 0 { line.append(UInt8(ascii: "-")) }
        let digits = UInt64(abs(scaled))
        appendDigits(digits / 10_000_000, width: 1, to: &line)
        line.append(UInt8(ascii: "."))
        appendDigits(digits % 10_000_000, width: 7, to: &line)
    }

    private static func appendDigits(_ number: UInt64, width: Int, to line: inout [UInt8]) {
        var (rest, place) = (number, 1)
        var divisor: UInt64 = 1
        while rest >= 10 || place < width {
            rest /= 10
            divisor *= 10
            place += 1
        }
        while divisor > 0 {
            line.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
