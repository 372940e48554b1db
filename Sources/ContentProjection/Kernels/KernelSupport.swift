import FloatKernels

/// Items that others are compared with, and what every comparison needs of them, made once: the items that have a term, and
/// the lengths of points.
package struct KernelSupport: Sendable {
    package let items: EncodedItems
    private let postings: [String: SparseRows]
    private let squaredLengths: [String: [Float]]

    /// - Parameter views: those that will be compared; nil for all.
    package init(_ items: EncodedItems, views: Set<String>? = nil) {
        self.items = items
        var (postings, squaredLengths) = ([String: SparseRows](), [String: [Float]]())
        for (name, view) in items.views where views?.contains(name) ?? true {
            switch view {
            case .terms(let rows): postings[name] = rows.transposed
            case .points(let points, _): squaredLengths[name] = points.squaredRowLengths
            }
        }
        self.postings = postings
        self.squaredLengths = squaredLengths
    }

    package var count: Int { items.count }

    /// Cosines of unit rows to the items' rows in a view of terms.
    func cosines(_ rows: SparseRows, in view: String, pool: ThreadPool) -> Matrix {
        guard let postings = postings[view] else { preconditionFailure("'\(view)' is a view of terms") }
        return rows.products(withTransposed: postings, pool: pool)
    }

    /// Squared distances of points to the items' points in a view, never negative.
    func squaredDistances(_ points: Matrix, in view: String, pool: ThreadPool) -> Matrix {
        guard case .points(let own, _)? = items[view], let lengths = squaredLengths[view] else {
            preconditionFailure("'\(view)' is a view of points")
        }
        return points.squaredDistances(to: own, squaredLengths: lengths, pool: pool)
    }
}
