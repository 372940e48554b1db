package import CollaborativeFiltering
package import FloatKernels

/// The items that compete for places on lists, valued as a policy wants it:
///
///     value = score − c b + e √variance
///
/// with b the item's bias, c the correction of popularity and e the exploration. Only the bias changes, so that lists are found as fast as ever.
///
/// The variance of an item is the trace of the covariance Σ of its place, in the canonical gauge the mean over users of
/// xᵀΣx, x = (u, 1). A single user's score may be off by more or less than that, and a bonus of his own, √(xᵀΣx) with Σ in
/// the shape of the errors of content, was tried: over ten rounds it found about as many likes as the same for all.
package struct CandidateTable: Sendable {
    package let policy: ListPolicy
    /// Whether ratings have not placed an item yet.
    package let isNew: [Bool]
    /// Vectors, and biases as the policy wants them.
    let items: ItemTable
    /// What the policy adds to the score of every item; nothing where it adds nothing to any.
    private let shifts: [Float]
    let scan: ItemScan
    private let relevance: MarginalRelevance?

    /// - Parameters:
    ///   - variances: the expected squared error of every item's score; 0 where ratings have placed it.
    ///   - layers: what scores; nil for products.
    ///   - scan: of the items as they are, where there is one.
    package init(
        _ items: ItemTable, variances: [Float], isNew: [Bool], policy: ListPolicy,
        layers: ScoringLayers? = nil, scan: ItemScan? = nil
    ) {
        precondition(variances.count == items.count && isNew.count == items.count, "one of each an item")
        self.policy = policy
        self.isNew = isNew
        relevance =
            policy.diversity > 0
            ? MarginalRelevance(weight: policy.diversity, vectors: items.vectors) : nil
        guard policy.changesValues else {
            self.items = items
            shifts = []
            self.scan = scan ?? ItemScan(items, layers: layers)
            return
        }
        shifts = zip(items.biases, variances).map { bias, variance in
            policy.exploration * max(variance, 0).squareRoot() - policy.popularityCorrection * bias
        }
        let valued = ItemTable(vectors: items.vectors, biases: zip(items.biases, shifts).map { $0 + $1 })
        self.items = valued
        self.scan =
            scan?.replacing(biases: valued.biases) ?? ItemScan(valued, layers: layers, isQuantised: false)
    }

    /// Rows of a snapshot.
    init(_ snapshot: Snapshot, rows: [Int], policy: ListPolicy) {
        let isWhole = rows.count == snapshot.items.count
        let table = snapshot.table
        self.init(
            isWhole
                ? table
                : ItemTable(
                    vectors: table.vectors.selectingRows(rows), biases: rows.map { table.biases[$0] }),
            variances: rows.map { snapshot.items[$0].variance }, isNew: rows.map { snapshot.items[$0].isNew },
            policy: policy, layers: snapshot.layers, scan: isWhole ? snapshot.scan : nil)
    }

    /// Lists of at most `count` items, best first, with their values.
    ///
    /// - Parameters:
    ///   - queries: the users as scans ask for them, a row each.
    ///   - excluded: for every user the items that are left out, ascending.
    package func lists(
        _ count: Int, queries: Matrix, excluded: [[Int32]], pool: ThreadPool
    ) -> [[ProductScan.Entry]] {
        let depth = relevance == nil ? count : MarginalRelevance.depth(count)
        var lists = scan.largest(depth, queries: queries, excluded: excluded, pool: pool)
        guard let relevance else { return lists }
        lists.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let lists = buffer
            pool.forEachRange(lists.count) { range in
                for user in range { lists[user] = relevance.list(count, of: lists[user]) }
            }
        }
        return lists
    }

    /// What the model expects of an item on a list: its value without what the policy has added.
    package func score(_ entry: ProductScan.Entry) -> Float {
        shifts.isEmpty ? entry.score : entry.score - shifts[entry.index]
    }
}
