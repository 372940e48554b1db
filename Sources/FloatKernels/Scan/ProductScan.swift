/// A table of item vectors that finds the items with the largest products with a query, by looking at all of them.
///
/// The score of item i for query q is vᵢ·q + bᵢ. Lists are in descending order of score, of equal scores the lower index
/// first, and a NaN is never chosen. They are the same for any number of threads, and the same with the scan in eight
/// bits as without: that only leaves out what provably cannot be chosen (see `QuantisedRows`).
public struct ProductScan: Sendable {
    /// One place of a list.
    public typealias Entry = (index: Int, score: Float)

    /// Items from which on the scan for one query goes through a table of eight bits. It is worth its making, of some
    /// 0.4 µs an item, after a few queries: at 10,000 items it is three times as fast as the exact rows, at 1,000,000 four.
    public static let quantisedFrom = 10_000

    let vectors: Matrix
    let biases: [Float]?
    private let quantised: QuantisedRows?

    /// A scan of `vectors` (items × d) with one bias an item, or none.
    ///
    /// - Parameter isQuantised: whether to keep the table in eight bits besides, a quarter of its size; by default from
    ///   `quantisedFrom` items on.
    public init(
        vectors: Matrix, biases: [Float]? = nil, isQuantised: Bool? = nil, pool: ThreadPool? = nil
    ) {
        precondition(biases.map { $0.count == vectors.rows } ?? true, "one bias an item")
        precondition(vectors.rows <= Int32.max, "indices are 32-bit")
        self.vectors = vectors
        self.biases = biases
        let isQuantised = isQuantised ?? (vectors.rows >= Self.quantisedFrom)
        quantised = isQuantised ? Self.withRows(vectors, biases) { QuantisedRows($0, pool: pool) } : nil
    }

    /// Number of items.
    public var count: Int { vectors.rows }

    /// The `k` best items for one query (d values); fewer where fewer pass the filter.
    public func largest(
        _ k: Int, query: [Float], filter: ScanFilter = ScanFilter(), pool: ThreadPool? = nil
    ) -> [Entry] {
        precondition(k >= 0 && query.count == vectors.columns, "as many values as an item has")
        let capacity = min(k, count)
        let lists = Self.withRows(vectors, biases) { rows in
            query.withUnsafeBufferPointer { query in
                filter.withView(itemCount: count) { filter -> [[Entry]] in
                    guard let query = query.baseAddress, capacity > 0 else { return [] }
                    let coded = quantised.flatMap {
                        QuantisedQuery(query, dimensions: rows.dimensions, for: $0)
                    }
                    return pieces(count * rows.dimensions > Self.leastShared ? pool : nil) { range in
                        selecting(capacity) { heap in
                            if let quantised, let coded {
                                quantised.scan(range, query, coded, rows: rows, filter: filter, into: heap)
                            } else {
                                rows.scan(range, query, filter: filter, into: heap)
                            }
                        }
                    }
                }
            }
        }
        guard lists?.count ?? 0 > 1 else { return lists?.first ?? [] }
        return selecting(capacity) { heap in
            for entry in (lists ?? []).joined() { heap.offer(entry.index, entry.score) }
        }
    }

    /// Values of the table below which sharing the work costs more than it saves.
    private static let leastShared = 200_000

    /// Calls `body` with one range of items for each thread; returns the lists in the order of the ranges.
    private func pieces(_ pool: ThreadPool?, _ body: (Range<Int>) -> [Entry]) -> [[Entry]] {
        guard let pool, pool.threads > 1 else { return [body(0..<count)] }
        let blocks = (count + QuantisedRows.block - 1) / QuantisedRows.block
        var lists = [[Entry]](repeating: [], count: pool.threads)
        lists.withUnsafeMutableBufferPointer { lists in
            pool.run { worker in
                let start = worker * blocks / pool.threads * QuantisedRows.block
                let end = min(count, (worker + 1) * blocks / pool.threads * QuantisedRows.block)
                if start < end { lists[worker] = body(start..<end) }
            }
        }
        return lists
    }

    /// Lends the table behind pointers; nil where it is empty.
    static func withRows<R>(_ vectors: Matrix, _ biases: [Float]?, _ body: (ItemRows) -> R) -> R? {
        vectors.elements.withUnsafeBufferPointer { elements -> R? in
            guard let base = elements.baseAddress, vectors.rows > 0 else { return nil }
            let rows = ItemRows(base: base, biases: nil, count: vectors.rows, dimensions: vectors.columns)
            guard let biases else { return body(rows) }
            return biases.withUnsafeBufferPointer {
                body(
                    ItemRows(
                        base: base, biases: $0.baseAddress, count: rows.count, dimensions: rows.dimensions))
            }
        }
    }
}
