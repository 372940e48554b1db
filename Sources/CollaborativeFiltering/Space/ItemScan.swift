public import FloatKernels

/// How lists are found: the items of a table with the highest scores for a user, and the users with the highest for an item.
///
/// A user is a query: in most models his vector, whose products with the items' vectors are the scores; where the space has
/// layers, his input, and the scores are theirs. See `CollaborativeSpace.queries`.
public struct ItemScan: Sendable {
    private enum Method: Sendable {
        case products(ProductScan)
        case layers(LayerScan)
    }

    /// The items that are looked at.
    public let items: ItemTable
    private let method: Method

    /// A scan of `items`.
    ///
    /// - Parameters:
    ///   - layers: what scores; nil for products.
    ///   - isQuantised: see `ProductScan`.
    public init(
        _ items: ItemTable, layers: ScoringLayers? = nil, isQuantised: Bool? = nil, pool: ThreadPool? = nil
    ) {
        self.items = items
        if let layers {
            method = .layers(LayerScan(items, layers, pool: pool))
        } else {
            method = .products(
                ProductScan(
                    vectors: items.vectors, biases: items.biases, isQuantised: isQuantised, pool: pool))
        }
    }

    private init(_ items: ItemTable, _ method: Method) {
        self.items = items
        self.method = method
    }

    /// The same items with other biases, for a few lists.
    public func replacing(biases: [Float]) -> ItemScan {
        let table = ItemTable(vectors: items.vectors, biases: biases)
        switch method {
        case .products: return ItemScan(table, isQuantised: false)
        case .layers(let scan): return ItemScan(table, .layers(scan.replacing(biases: biases)))
        }
    }

    /// The scores of all items for one query.
    public func scores(query: [Float]) -> [Float] {
        switch method {
        case .products: items.scores(userVector: query)
        case .layers(let scan):
            scan.scores(queries: Matrix(rows: 1, columns: query.count, elements: query), pool: nil).elements
        }
    }

    /// The `k` best items for one query, best first; fewer where fewer pass the filter.
    public func largest(
        _ k: Int, query: [Float], filter: ScanFilter = ScanFilter(), pool: ThreadPool? = nil
    ) -> [ProductScan.Entry] {
        switch method {
        case .products(let scan): scan.largest(k, query: query, filter: filter, pool: pool)
        case .layers(let scan):
            scan.largest(
                k, queries: Matrix(rows: 1, columns: query.count, elements: query), allowed: filter.allowed,
                excluded: [filter.excluded], pool: pool)[0]
        }
    }

    /// The `k` best items for each of `queries`, a row each.
    ///
    /// - Parameter excluded: for every query the items that are left out, ascending; or nothing for all.
    public func largest(
        _ k: Int, queries: Matrix, excluded: [[Int32]] = [], pool: ThreadPool? = nil
    ) -> [[ProductScan.Entry]] {
        switch method {
        case .products(let scan): scan.largest(k, queries: queries, excluded: excluded, pool: pool)
        case .layers(let scan):
            scan.largest(k, queries: queries, allowed: nil, excluded: excluded, pool: pool)
        }
    }

    /// The `k` best of `queries` for each of some items, best first.
    ///
    /// - Parameters:
    ///   - rows: the items.
    ///   - biases: what is added to the scores of every query. The item's own bias is not in them.
    ///   - allowed: only these queries, if given.
    ///   - excluded: for every item the queries that are left out, ascending; or nothing for all.
    public func largestQueries(
        _ k: Int, ofItems rows: [Int], queries: Matrix, biases: [Float], allowed: ItemSet? = nil,
        excluded: [[Int32]] = [], pool: ThreadPool? = nil
    ) -> [[ProductScan.Entry]] {
        switch method {
        case .products:
            ProductScan(vectors: queries, biases: biases, isQuantised: false).largest(
                k, queries: items.vectors.selectingRows(rows), allowed: allowed, excluded: excluded,
                pool: pool)
        case .layers(let scan):
            scan.largestQueries(
                k, ofItems: rows, queries: queries, biases: biases, allowed: allowed, excluded: excluded,
                pool: pool)
        }
    }
}

extension CollaborativeSpace {
    /// The users as scans ask for them, a row each: their vectors, or their inputs where the space has layers.
    public var queries: Matrix { layers?.inputs ?? users }

    /// The query of a user whom the model was not fitted to, from his vector and what is known of him.
    public func query(taste: [Float], attributes: AttributeTable.Row) -> [Float] {
        layers?.input(taste: taste, attributes: attributes) ?? taste
    }

    /// Finds the best of `table`, or of the learned items.
    public func scan(_ table: ItemTable? = nil, pool: ThreadPool? = nil) -> ItemScan {
        ItemScan(table ?? items, layers: layers, pool: pool)
    }
}
