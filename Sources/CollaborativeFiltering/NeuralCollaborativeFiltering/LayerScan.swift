import FloatKernels

/// A table of items as layers read it: their half of the first layer is computed once, so that a user costs only what lies
/// behind it.
package struct LayerScan: Sendable {
    private let layers: ScoringLayers
    /// Items × (h₁ + d).
    private let halves: Matrix
    /// ḡ(v), and b − ḡ(v): a value an item.
    let means: [Float]
    private let offsets: [Float]

    init(_ items: ItemTable, _ layers: ScoringLayers, pool: ThreadPool?) {
        self.layers = layers
        halves = layers.itemHalves(items.vectors, pool: pool)
        means = Self.means(layers, halves, pool: pool)
        offsets = zip(items.biases, means).map { $0 - $1 }
    }

    private init(_ other: LayerScan, biases: [Float]) {
        (layers, halves, means) = (other.layers, other.halves, other.means)
        offsets = zip(biases, means).map { $0 - $1 }
    }

    /// The same items with other biases.
    func replacing(biases: [Float]) -> LayerScan {
        precondition(biases.count == means.count, "one bias an item")
        return LayerScan(self, biases: biases)
    }

    /// ḡ of every item.
    private static func means(_ layers: ScoringLayers, _ halves: Matrix, pool: ThreadPool?) -> [Float] {
        let users = LayerQueries(layers, layers.references, pool: pool)
        var means = [Float](repeating: 0, count: halves.rows)
        guard users.count > 0 else { return means }
        let bias = users.biases.reduce(0.0) { $0 + Double($1) }
        means.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let means = buffer
            layers.forEachRow(of: halves, with: users.halves, pool: pool) { item, scores in
                means[item] = Float((scores.reduce(0.0) { $0 + Double($1) } + bias) / Double(scores.count))
            }
        }
        return means
    }

    /// The scores of all items for each of `queries` (queries × p): queries × items.
    func scores(queries: Matrix, pool: ThreadPool?) -> Matrix {
        let users = LayerQueries(layers, queries, pool: pool)
        var result = Matrix(rows: queries.rows, columns: offsets.count)
        result.elements.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let result = buffer
            layers.forEachRow(of: users.halves, with: halves, pool: pool) { user, scores in
                let first = user * scores.count
                for item in scores.indices {
                    result[first + item] = scores[item] + offsets[item] + users.biases[user]
                }
            }
        }
        return result
    }

    /// The `k` best items for each of `queries` (queries × p); see `ProductScan.largest`.
    func largest(
        _ k: Int, queries: Matrix, allowed: ItemSet?, excluded: [[Int32]], pool: ThreadPool?
    ) -> [[ProductScan.Entry]] {
        let users = LayerQueries(layers, queries, pool: pool)
        var lists = [[ProductScan.Entry]](repeating: [], count: queries.rows)
        lists.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let lists = buffer
            layers.forEachRow(of: users.halves, with: halves, pool: pool) { user, scores in
                for item in scores.indices { scores[item] += offsets[item] + users.biases[user] }
                lists[user] = scores.largest(
                    k, allowed: allowed, excluded: excluded.isEmpty ? [] : excluded[user])
            }
        }
        return lists
    }

    /// The `k` best of `queries` (queries × p) for each of some items: g(p, v) − ḡ(v) and the bias of the query are largest.
    func largestQueries(
        _ k: Int, ofItems items: [Int], queries: Matrix, biases: [Float], allowed: ItemSet?,
        excluded: [[Int32]], pool: ThreadPool?
    ) -> [[ProductScan.Entry]] {
        let users = LayerQueries(layers, queries, pool: pool)
        var lists = [[ProductScan.Entry]](repeating: [], count: items.count)
        lists.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let lists = buffer
            layers.forEachRow(of: halves.selectingRows(items), with: users.halves, pool: pool) {
                place, scores in
                let mean = means[items[place]]
                for user in scores.indices { scores[user] += users.biases[user] - mean + biases[user] }
                lists[place] = scores.largest(
                    k, allowed: allowed, excluded: excluded.isEmpty ? [] : excluded[place])
            }
        }
        return lists
    }
}

/// Users as the layers read them: inputs without their last value, the bias.
private struct LayerQueries {
    /// Queries × (h₁ + d).
    let halves: Matrix
    let biases: [Float]

    init(_ layers: ScoringLayers, _ inputs: Matrix, pool: ThreadPool?) {
        halves = layers.userHalves(inputs, pool: pool)
        biases = (0..<inputs.rows).map { inputs.elements[($0 + 1) * inputs.columns - 1] }
    }

    var count: Int { biases.count }
}

extension ScoringLayers {
    /// Calls `body` with the number of every row of one side's halves and what the layers make of it with all rows of the
    /// other side's, in memory that is the thread's own.
    fileprivate func forEachRow(
        of rows: Matrix, with others: Matrix, pool: ThreadPool?,
        _ body: (Int, UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        func work(_ range: Range<Int>) {
            let scores = PairScores(self)
            let memory = FloatBuffer(others.rows)
            let values = UnsafeMutableBufferPointer(start: memory.start, count: others.rows)
            rows.elements.withUnsafeBufferPointer { rowsBuffer in
                others.elements.withUnsafeBufferPointer { others in
                    guard let first = rowsBuffer.baseAddress, let others = others.baseAddress else { return }
                    for row in range {
                        scores.compute(
                            first + row * rows.columns, with: others, count: values.count,
                            into: memory.start)
                        body(row, values)
                    }
                }
            }
        }
        if let pool { pool.forEachRange(rows.rows, work) } else { work(0..<rows.rows) }
    }
}

extension UnsafeMutableBufferPointer<Float> {
    /// The `k` largest but those excluded (ascending) or not allowed, which become NaN.
    fileprivate func largest(_ k: Int, allowed: ItemSet?, excluded: [Int32]) -> [ProductScan.Entry] {
        for index in excluded { self[Int(index)] = .nan }
        if let allowed {
            for index in indices where !allowed.contains(index) { self[index] = .nan }
        }
        guard let start = baseAddress else { return [] }
        return FloatKernels.largest(Swift.min(k, count), of: start, count: count)
    }
}
