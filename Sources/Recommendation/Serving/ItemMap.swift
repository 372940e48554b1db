import CollaborativeFiltering
import FloatKernels

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
    init(_ vectors: Matrix, pool: ThreadPool) {
        let d = vectors.columns
        var mean = [Float](repeating: 0, count: d)
        for row in 0..<vectors.rows {
            for i in 0..<d { mean[i] += vectors[row, i] / Float(vectors.rows) }
        }
        var covariance = Matrix(rows: d, columns: d)
        for row in 0..<vectors.rows {
            for i in 0..<d {
                let x = vectors[row, i] - mean[i]
                for j in 0...i { covariance[i, j] += x * (vectors[row, j] - mean[j]) }
            }
        }
        let eigen = symmetricEigen(covariance, pool: pool)
        var axes = Matrix(rows: 2, columns: d)
        for i in 0..<d {
            for axis in 0..<min(2, d) { axes[axis, i] = eigen.vectors[i, axis] }
        }
        self.mean = mean
        self.axes = axes
        let map = ItemMap(mean: mean, axes: axes, reach: 1)
        let distances = (0..<vectors.rows).map { row in
            let place = map.project(vectors.row(row))
            return max(abs(place.x), abs(place.y))
        }.sorted()
        let last = distances.isEmpty ? 0 : distances[Int(Double(distances.count - 1) * Self.shareInside)]
        reach = last > 0 ? last : 1
    }

    private init(mean: [Float], axes: Matrix, reach: Float) {
        self.mean = mean
        self.axes = axes
        self.reach = reach
    }

    /// Where a vector of the space stands, from −1 to 1 on both axes.
    public func place(of vector: [Float]) -> (x: Float, y: Float) {
        let place = project(vector)
        return (min(max(place.x / reach, -1), 1), min(max(place.y / reach, -1), 1))
    }

    private func project(_ vector: [Float]) -> (x: Float, y: Float) {
        var place: (x: Float, y: Float) = (0, 0)
        for i in mean.indices {
            place.x += axes[0, i] * (vector[i] - mean[i])
            place.y += axes[1, i] * (vector[i] - mean[i])
        }
        return place
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
