import CollaborativeFiltering
import ContentProjection
package import FloatKernels

/// A map of the item space in two dimensions, by the two directions in which learned items differ most (principal component
/// analysis). The axes belong to the model version: a new item moves no other one.
public struct ItemMap: Sendable {
    private let mean: [Float]
    /// 2 × d.
    private let axes: Matrix
    /// What the farther of the axes reaches, of nearly all items.
    private let reach: Float

    /// Of items farther out than this share of them, positions are cut off at the edge.
    private static let shareInside = 0.995

    /// The map of learned items (items × d).
    package init(_ vectors: Matrix, pool: ThreadPool) {
        let centred = vectors.addingToRows(vectors.columnMeans.map { -$0 })
        let eigen = symmetricEigen(
            matrixProduct(centred, centred, transposingA: true, pool: pool), pool: pool)
        // The first two eigenvectors, and nothing for a second one that is not there.
        let leading = eigen.vectors.transposed.selectingRows(Array(0..<min(2, vectors.columns)))
        axes = Matrix(
            rows: 2, columns: vectors.columns,
            elements: leading.elements
                + [Float](repeating: 0, count: 2 * vectors.columns - leading.elements.count))
        let places = matrixProduct(centred, axes, transposingB: true, pool: pool)
        let distances = (0..<places.rows).map { max(abs(places[$0, 0]), abs(places[$0, 1])) }.sorted()
        let last = distances.isEmpty ? 0 : distances[Int(Double(distances.count - 1) * Self.shareInside)]
        mean = vectors.columnMeans
        reach = last > 0 ? last : 1
    }

    /// Where a vector of the space stands, from −1 to 1 on both axes.
    public func place(of vector: [Float]) -> (x: Float, y: Float) {
        let place = (0..<2).map { axis in
            mean.indices.reduce(Float(0)) { $0 + axes[axis, $1] * (vector[$1] - mean[$1]) } / reach
        }
        return (min(max(place[0], -1), 1), min(max(place[1], -1), 1))
    }
}

extension Snapshot {
    /// The map of this version's space.
    func map(pool: ThreadPool) -> ItemMap { ItemMap(model.learned.space.items.vectors, pool: pool) }

    /// Where an item stands on a map of the version.
    public func place(ofRow row: Int, on map: ItemMap) -> (x: Float, y: Float) {
        map.place(of: table.vectors.row(row))
    }
}
