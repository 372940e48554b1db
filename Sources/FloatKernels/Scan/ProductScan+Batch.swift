extension ProductScan {
    /// The `k` best items for each of `queries` (queries × d).
    ///
    /// A score of two or more queries is summed as in a matrix product, so its last digits may differ from those for one.
    ///
    /// - Parameters:
    ///   - allowed: only these items, if given.
    ///   - excluded: for every query the items that are left out, ascending; or nothing for all.
    public func largest(
        _ k: Int, queries: Matrix, allowed: ItemSet? = nil, excluded: [[Int32]] = [], pool: ThreadPool? = nil
    ) -> [[Entry]] {
        precondition(k >= 0 && queries.columns == vectors.columns, "as many values as an item has")
        precondition(excluded.isEmpty || excluded.count == queries.rows, "one list of exclusions a query")
        if queries.rows == 1 {
            let filter = ScanFilter(allowed: allowed, excluded: excluded.first ?? [])
            return [largest(k, query: queries.elements, filter: filter, pool: pool)]
        }
        var lists = [[Entry]](repeating: [], count: queries.rows)
        let capacity = min(k, count)
        lists.withUnsafeMutableBufferPointer { lists in
            queries.elements.withUnsafeBufferPointer { elements in
                guard let lists = lists.baseAddress, let elements = elements.baseAddress, capacity > 0 else {
                    return
                }
                _ = Self.withRows(vectors, biases) { rows in
                    ScanFilter(allowed: allowed).withView(itemCount: count) { allowed in
                        share(queries.rows, multiple: ScanTile.users, pool) { users in
                            UserPanels.scan(
                                capacity, elements, users: users, rows: rows, allowed: allowed,
                                excluded: excluded, into: lists)
                        }
                    }
                }
            }
        }
        return lists
    }
}
