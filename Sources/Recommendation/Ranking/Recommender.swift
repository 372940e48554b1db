public import Catalogue
import CollaborativeFiltering
import Diagnostics
public import FloatKernels

/// Answers questions about a snapshot: what for whom, what is like what, who wants what.
public struct Recommender: Sendable {
    /// What the answers are made from.
    public let snapshot: Snapshot
    let store: any CatalogueStore
    let pool: ThreadPool

    /// Answers from a snapshot; ratings and users are looked up in the store.
    public init(snapshot: Snapshot, store: any CatalogueStore, pool: ThreadPool) {
        self.snapshot = snapshot
        self.store = store
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
        guard let user = try store.user(id: id) else {
            throw Self.unknownUser(id, near: Suggestion.nearest(to: id, among: snapshot.userIDs))
        }
        let ratings = try store.ratings(ofUser: user.key)
        let seen = filter.includesSeen ? [] : snapshot.rows(of: ratings)
        let query = snapshot.query(of: user.user, ratings: ratings)
        let best = try list(count, query: query, seen: seen, filter: filter, policy: policy)
        let hidden = Set(seen)
        let candidates = try filter.rows(snapshot).filter { !hidden.contains(Int32($0)) }
        let probability = probabilities(of: candidates, query: query)
        return Recommendations(
            list: best.enumerated().map { rank, best in
                let entry = snapshot.items[best.index]
                return Recommendation(
                    rank: rank + 1, itemId: entry.item.id, title: entry.item.title, year: entry.item.year,
                    score: best.score, probability: probability[best.index], provenance: entry.provenance)
            }, candidates: candidates.count)
    }

    /// By row, how likely each of the candidates is to be taken; nothing where the model does not know.
    private func probabilities(of candidates: [Int], query: [Float]) -> [Int: Double] {
        guard let scale = snapshot.softmaxScale else { return [:] }
        let scores = snapshot.scan.scores(query: query)
        let shares = SoftmaxScale.probabilities(candidates.map { scores[$0] }, scale: scale)
        return Dictionary(uniqueKeysWithValues: zip(candidates, shares))
    }

    /// Rows of the snapshot with their scores.
    private func list(
        _ count: Int, query: [Float], seen: [Int32], filter: ItemFilter, policy: ListPolicy
    ) throws -> [ProductScan.Entry] {
        guard policy.changesLists else {
            return snapshot.scan.largest(
                count, query: query,
                filter: ScanFilter(allowed: try filter.allowed(snapshot), excluded: seen), pool: pool)
        }
        let rows = try filter.rows(snapshot)
        let table = CandidateTable(snapshot, rows: rows, policy: policy)
        let hidden = Set(seen)
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
        let similarities = similarities(to: row, metric: metric)
        return Self.best(count, of: rows.map { similarities[$0] }).map { best in
            let entry = snapshot.items[rows[best.index]]
            return Neighbour(
                itemId: entry.item.id, title: entry.item.title, year: entry.item.year, similarity: best.score,
                provenance: entry.provenance)
        }
    }

    /// The users who are likeliest to want one item and have not rated it, likeliest first.
    public func audience(ofItem id: String, count: Int) throws -> [AudienceMember] {
        guard let row = snapshot.row(ofItem: id) else { throw ItemFilter.unknownItem(id, snapshot) }
        let users = Dictionary(uniqueKeysWithValues: try store.users().map { ($0.key, $0.user.id) })
        let raters = Set(try store.ratings(ofItem: snapshot.items[row].key).compactMap { users[$0.userKey] })
        // Where the item's bias is added before the choice, users whose scores round to the same come in order.
        let biases = [Float](repeating: snapshot.table.biases[row], count: snapshot.userIDs.count)
        return snapshot.scan.largestQueries(
            count, ofItems: [row], queries: snapshot.queries, biases: biases,
            excluded: [raters.compactMap(snapshot.row(ofUser:)).map(Int32.init).sorted()], pool: pool
        )[0].map { AudienceMember(userId: snapshot.userIDs[$0.index], score: $0.score) }
    }

    static func unknownUser(_ id: String, near: String?) -> Diagnostic {
        Diagnostic(
            .missingInput, code: "user.unknown", "there is no user '\(id)'",
            fix: near.map { "did you mean '\($0)'?" }
                ?? "import users or ratings that name the user, or rate an item as this user")
    }

    private func similarities(to row: Int, metric: Metric) -> [Float] {
        let table = snapshot.table
        let width = table.dimensions
        return table.vectors.elements.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return [] }
            let own = base + row * width
            let ownLength = dotProduct(own, own, count: width).squareRoot()
            return (0..<table.count).map { other in
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

    static func best(_ count: Int, of scores: [Float]) -> [(index: Int, score: Float)] {
        scores.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { largest(min(count, scores.count), of: $0, count: scores.count) } ?? []
        }
    }
}
