import CollaborativeFiltering
package import Diagnostics
package import FloatKernels

/// The map of a model version on which items that are like each other stay together: `NeighbourLayout` of the learned items.
///
/// As on `ItemMap`, a new item moves no other one: it stands among the learned ones that it is most like, and needs no layout of
/// its own. The same version gives the same map, bit for bit.
package struct NeighbourMap: Sendable {
    /// The model version.
    package let version: String
    /// What the layout keeps of neighbourhoods, see `KeptNeighbours`.
    package let kept: Double
    /// What the first two principal components keep.
    package let keptByComponents: Double

    /// Where the learned items stand, by their keys.
    private let places: [Int64: SIMD2<Float>]
    /// The same, a row each of `scan`.
    private let ordered: [SIMD2<Float>]
    private let scan: ProductScan

    /// More learned items are not laid out while answers wait for the processor: their exact neighbours take items² · d.
    package static let mostItems = 50_000
    /// Learned items that a new one stands among.
    private static let anchors = 10
    private static let seed: UInt64 = 1

    /// Lays out the learned items of a snapshot.
    ///
    /// - Returns: nil where there are none, or more than `mostItems`.
    /// - Throws: `interrupted`.
    package init?(_ snapshot: Snapshot, pool: ThreadPool, monitor: WorkMonitor) throws {
        let rows = snapshot.items.indices.filter { !snapshot.items[$0].isNew }
        guard (1...Self.mostItems).contains(rows.count) else { return nil }
        let directions = snapshot.table.vectors.selectingRows(rows).directions
        let neighbours = try NearestNeighbours(
            of: directions, count: NeighbourLayout.neighbours, pool: pool, monitor: monitor)
        let layout = try NeighbourLayout.places(
            of: directions, neighbours, seed: Self.seed, pool: pool, monitor: monitor)
        let frame = MapFrame(layout)
        let map = snapshot.map(pool: pool)
        let components = Matrix(
            rows: rows.count, columns: 2,
            elements: rows.flatMap { row in
                let place = snapshot.place(ofRow: row, on: map)
                return [place.x, place.y]
            })
        version = snapshot.version
        kept = KeptNeighbours.share(layout, neighbours, pool: pool)
        keptByComponents = KeptNeighbours.share(components, neighbours, pool: pool)
        ordered = rows.indices.map { index in
            let place = frame.place(x: layout[index, 0], y: layout[index, 1])
            return SIMD2(place.x, place.y)
        }
        places = Dictionary(
            uniqueKeysWithValues: zip(rows.map { snapshot.items[$0].key }, ordered))
        scan = ProductScan(vectors: directions)
    }

    /// Where items of a snapshot of the version stand, from −1 to 1 along the longer side.
    package func places(ofRows rows: [Int], in snapshot: Snapshot) -> [(x: Float, y: Float)] {
        let others = rows.filter { places[snapshot.items[$0].key] == nil }
        let found = Dictionary(uniqueKeysWithValues: zip(others, among(others, in: snapshot)))
        return rows.map { row in
            let place = places[snapshot.items[row].key] ?? found[row] ?? .zero
            return (place.x, place.y)
        }
    }

    /// The middle of the learned items that each is most like.
    private func among(_ rows: [Int], in snapshot: Snapshot) -> [SIMD2<Float>] {
        guard !rows.isEmpty else { return [] }
        let directions = snapshot.table.vectors.selectingRows(rows).directions
        return scan.largest(Self.anchors, queries: directions).map { nearest in
            let distances = nearest.map { max(0, 1 - $0.score) }
            return Self.middle(
                nearest.map { ordered[$0.index] }, weights: NeighbourWeights.memberships(distances[...]))
        }
    }

    /// The geometric median: unlike the mean, it does not stand in the void between two groups, but in the heavier one
    /// (E. Weiszfeld, Tôhoku Mathematical Journal 43, 1937).
    package static func middle(_ points: [SIMD2<Float>], weights: [Float]) -> SIMD2<Float> {
        func mean(_ weights: [Float]) -> SIMD2<Float> {
            zip(points, weights).reduce(SIMD2<Float>.zero) { $0 + $1.1 * $1.0 }
                / max(weights.reduce(0, +), .leastNormalMagnitude)
        }
        var middle = mean(weights)
        for _ in 0..<50 {
            middle = mean(
                zip(points, weights).map { point, weight in
                    let apart = point - middle
                    return weight / max((apart * apart).sum().squareRoot(), 1e-4)
                })
        }
        return middle
    }
}
