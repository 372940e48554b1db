public import Catalogue
import CollaborativeFiltering
import Diagnostics
public import FloatKernels

/// Answers questions about a snapshot: what for whom, what is like what, who wants what.
public struct Recommender: Sendable {
    /// What the answers are made from.
    public let snapshot: Snapshot
    let store: any CatalogueStore
    let users: any UserSource
    let pool: ThreadPool

    /// Answers from a snapshot; ratings are looked up in the store, and so are users and theirs where `users` is nil.
    public init(
        snapshot: Snapshot, store: any CatalogueStore, users: (any UserSource)? = nil, pool: ThreadPool
    ) {
        self.snapshot = snapshot
        self.store = store
        self.users = users ?? StoredUsers(store)
        self.pool = pool
    }

    /// One line of a list of recommendations.
    public struct Recommendation: Sendable, Encodable {
        /// From one.
        public let rank: Int
        /// Id of the item.
        public let itemId: String
        /// Its title.
        public let title: String
        /// Its year, if known.
        public let year: Int?
        /// What the model expects; larger is better.
        public let score: Float
        /// That the user takes this one of the candidates, if one of them (`SoftmaxScale`); nil with models of before there
        /// was that.
        public let probability: Double?
        /// Where its vector comes from.
        public let provenance: Snapshot.Provenance
    }

    /// A list of recommendations, and what it was chosen from.
    public struct Recommendations: Sendable {
        /// Best first.
        public let list: [Recommendation]
        /// How many items competed: those that pass the filter and that the user has not seen.
        public let candidates: Int
    }

    /// An item like another.
    public struct Neighbour: Sendable, Encodable {
        /// Id of the item.
        public let itemId: String
        /// Its title.
        public let title: String
        /// Its year, if known.
        public let year: Int?
        /// By the metric asked for; larger is nearer.
        public let similarity: Float
        /// Where its vector comes from.
        public let provenance: Snapshot.Provenance
    }

    /// A user who is likely to want an item.
    public struct AudienceMember: Sendable, Encodable {
        /// Id of the user.
        public let userId: String
        /// What the model expects; larger is better.
        public let score: Float
    }

    /// How near two items are.
    public enum Metric: String, Sendable, CaseIterable {
        /// In the canonical gauge the cosine is the correlation of the two items' scores over users.
        case cosine
        /// Minus the distance, so that larger is nearer.
        case euclidean
        case dot
    }

    /// The best items for one user, best first.
    ///
    /// Where the policy is not plain they are in its order; a score is what the model expects all the same. The policy's
    /// impressions are for batches and do nothing here.
    ///
    /// - Throws: `user.unknown`, or what the filter throws.
    public func recommend(
        toUser id: String, count: Int, filter: ItemFilter, policy: ListPolicy = .plain
    ) throws -> Recommendations {
        guard let user = try users.user(id: id) else {
            throw Self.unknownUser(id, among: snapshot.userIDs)
        }
        let ratings = try users.ratings(ofUser: user.key)
        let query = snapshot.query(of: user.user, ratings: ratings)
        let candidates = ScanFilter(
            allowed: try filter.allowed(snapshot),
            excluded: filter.includesSeen ? [] : snapshot.rows(of: ratings))
        let best = list(count, query: query, among: candidates, policy: policy)
        let softmax = snapshot.softmaxScale.map {
            CandidateSoftmax(snapshot.scan.scores(query: query), of: candidates, scale: $0)
        }
        let list = best.enumerated().map { rank, best in
            let entry = snapshot.items[best.index]
            return Recommendation(
                rank: rank + 1, itemId: entry.item.id, title: entry.item.title, year: entry.item.year,
                score: best.score, probability: softmax?.probability(ofScore: best.score),
                provenance: entry.provenance)
        }
        return Recommendations(
            list: list.filter { $0.probability ?? 0 >= filter.minimumProbability },
            candidates: candidates.count(of: snapshot.items.count))
    }

    /// Rows of the snapshot with their scores.
    private func list(
        _ count: Int, query: [Float], among candidates: ScanFilter, policy: ListPolicy
    ) -> [ProductScan.Entry] {
        guard policy.changesLists else {
            return snapshot.scan.largest(count, query: query, filter: candidates, pool: pool)
        }
        let rows = snapshot.items.indices.filter { candidates.allowed?.contains($0) ?? true }
        let table = CandidateTable(snapshot, rows: rows, policy: policy)
        let hidden = Set(candidates.excluded)
        let excluded = rows.indices.filter { hidden.contains(Int32(rows[$0])) }.map(Int32.init)
        return table.lists(
            count, queries: Matrix(rows: 1, columns: query.count, elements: query), excluded: [excluded],
            pool: pool)[0].map { (rows[$0.index], table.score($0)) }
    }

    /// The items nearest to one item, nearest first.
    public func neighbours(
        ofItem id: String, count: Int, metric: Metric = .cosine, onlyNew: Bool = false
    ) throws -> [Neighbour] {
        guard let row = snapshot.row(ofItem: id) else { throw ItemFilter.unknownItem(id, snapshot) }
        let rows = snapshot.items.indices.filter { $0 != row && (!onlyNew || snapshot.items[$0].isNew) }
        return neighbours(of: snapshot.table.vectors.row(row), count: count, metric: metric, among: rows)
    }

    /// The items of some rows that are nearest to a vector, nearest first.
    func neighbours(
        of vector: [Float], count: Int, metric: Metric = .cosine, among rows: [Int]
    ) -> [Neighbour] {
        Self.best(count, of: similarities(to: vector, metric: metric, rows: rows)).map { best in
            let entry = snapshot.items[rows[best.index]]
            return Neighbour(
                itemId: entry.item.id, title: entry.item.title, year: entry.item.year, similarity: best.score,
                provenance: entry.provenance)
        }
    }

    /// The users who are likeliest to want one item and have not rated it, likeliest first.
    public func audience(ofItem id: String, count: Int) throws -> [AudienceMember] {
        guard let row = snapshot.row(ofItem: id) else { throw ItemFilter.unknownItem(id, snapshot) }
        let raters = try store.ratings(ofItem: snapshot.items[row].key).compactMap {
            try users.user(key: $0.userKey)?.id
        }
        // Where the item's bias is added before the choice, users whose scores round to the same come in order.
        let biases = [Float](repeating: snapshot.table.biases[row], count: snapshot.userIDs.count)
        return snapshot.scan.largestQueries(
            count, ofItems: [row], queries: snapshot.queries, biases: biases,
            excluded: [raters.compactMap(snapshot.row(ofUser:)).map(Int32.init).sorted()], pool: pool
        )[0].map { AudienceMember(userId: snapshot.userIDs[$0.index], score: $0.score) }
    }

    static func unknownUser(_ id: String, among known: some Sequence<String>) -> Diagnostic {
        Diagnostic(
            .missingInput, code: "user.unknown", "there is no user '\(id)'",
            fix: Suggestion.question(for: id, among: known)
                ?? "import users or ratings that name the user, or rate an item as this user")
    }

    /// Of `rows` to one of them.
    func similarities(to row: Int, metric: Metric, rows: [Int]) -> [Float] {
        similarities(to: snapshot.table.vectors.row(row), metric: metric, rows: rows)
    }

    /// Of `rows` to a vector.
    func similarities(to vector: [Float], metric: Metric, rows: [Int]) -> [Float] {
        let table = snapshot.table
        let width = table.dimensions
        return table.vectors.elements.withUnsafeBufferPointer { buffer in
            vector.withUnsafeBufferPointer { own in
                guard let base = buffer.baseAddress, let own = own.baseAddress else { return [] }
                let ownLength = dotProduct(own, own, count: width).squareRoot()
                return rows.map { other in
                    let vector = base + other * width
                    switch metric {
                    case .dot: return dotProduct(own, vector, count: width)
                    case .euclidean: return -squaredDistance(own, vector, count: width).squareRoot()
                    case .cosine:
                        let length = dotProduct(vector, vector, count: width).squareRoot()
                        return length > 0 && ownLength > 0
                            ? dotProduct(own, vector, count: width) / (length * ownLength) : 0
                    }
                }
            }
        }
    }

    static func best(_ count: Int, of scores: [Float]) -> [(index: Int, score: Float)] {
        scores.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { largest(min(count, scores.count), of: $0, count: scores.count) } ?? []
        }
    }
}
