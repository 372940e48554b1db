package import Diagnostics
package import FloatKernels

/// Places in the plane in which near rows stay near: the layout of UMAP (L. McInnes, J. Healy and J. Melville, "UMAP:
/// Uniform Manifold Approximation and Projection for Dimension Reduction", arXiv:1802.03426, 2018).
///
/// Rows that belong together (`NeighbourWeights`) are drawn to each other, and every row is pushed from a few drawn by chance,
/// in steps that grow shorter. It differs from the paper in four ways:
///
/// - Nearness in the plane is 1/(1 + d²), that of t-SNE (L. van der Maaten and G. Hinton, JMLR 9, 2008): the paper's curve
///   1/(1 + a·d^2b) with a = b = 1, which is its minimum distance of 0.3, and takes no power.
/// - A row moves itself alone, and sees the others where they were an epoch ago; each has random numbers of its own. So rows
///   are shared among threads, and any number of threads gives the same bits.
/// - It pushes more often, which fills the plane more evenly and keeps more neighbours: of ten nearest on MovieLens 1M .335
///   with three rows that push, .354 with the paper's five, .395 with twelve.
/// - It begins with the principal components, as D. Kobak and G. Linderman advise (Nature Biotechnology 39, 2021): what is far
///   apart in the space then tends to be so in the plane, and another seed changes little.
///
/// Time is linear in rows, but for the exact neighbours, which take rows² · d.
package enum NeighbourLayout {
    /// Neighbours of a row that count: the paper's default.
    package static let neighbours = 15

    /// Rows that a row is pushed from at each attraction, an even number.
    private static let repulsions = 12
    /// The longest step along an axis, before the rate.
    private static let longestStep: Float = 4
    /// Half the width of the first layout.
    private static let firstReach: Float = 10

    /// Where rows stand, rows × 2, in no particular unit; the longest extent lies along x.
    ///
    /// - Parameters:
    ///   - directions: rows × d, each of length one (`Matrix.directions`).
    ///   - neighbours: of these rows.
    ///   - seed: of the chance rows that push.
    /// - Throws: `interrupted`.
    package static func places(
        of directions: Matrix, _ neighbours: NearestNeighbours, seed: UInt64, pool: ThreadPool,
        monitor: WorkMonitor
    ) throws -> Matrix {
        let count = directions.rows
        var generators = (0..<count).map { RandomGenerator(seed: seed, stream: UInt64($0)) }
        var places = first(directions, &generators, pool: pool)
        guard neighbours.count > 0 else { return places }
        let weights = NeighbourWeights(neighbours)
        let epochs = count <= 10_000 ? 500 : 200
        var next = places
        for epoch in 0..<epochs {
            if epoch % 10 == 0 { try monitor.report("Laying out the map", epoch, of: epochs, "rounds") }
            let rate = 1 - Float(epoch) / Float(epochs)
            move(from: places, to: &next, &generators, pool: pool) { row, places, generator in
                step(of: row, among: places, weights, epoch: epoch, rate: rate, &generator)
            }
            swap(&places, &next)
        }
        try monitor.report("Laying out the map", epochs, of: epochs, "rounds")
        return turned(places, pool: pool)
    }

    /// The first two principal components, with enough noise that equal rows part.
    private static func first(
        _ directions: Matrix, _ generators: inout [RandomGenerator], pool: ThreadPool
    ) -> Matrix {
        var places = Matrix(rows: directions.rows, columns: 2)
        guard directions.rows > 0, directions.columns > 0 else { return places }
        let map = ItemMap(directions, pool: pool)
        for row in 0..<directions.rows {
            let place = map.place(of: directions.row(row))
            places[row, 0] = firstReach * place.x + 0.01 * generators[row].normal()
            places[row, 1] = firstReach * place.y + 0.01 * generators[row].normal()
        }
        return places
    }

    /// Moves every row once. A point is a pair in memory.
    private static func move(
        from places: Matrix, to next: inout Matrix, _ generators: inout [RandomGenerator], pool: ThreadPool,
        _ step: (Int, UnsafePointer<SIMD2<Float>>, inout RandomGenerator) -> SIMD2<Float>
    ) {
        let count = places.rows
        places.elements.withUnsafeBytes { places in
            next.elements.withUnsafeMutableBytes { next in
                generators.withUnsafeMutableBufferPointer { generators in
                    guard
                        let places = places.baseAddress?.assumingMemoryBound(to: SIMD2<Float>.self),
                        let next = next.baseAddress?.assumingMemoryBound(to: SIMD2<Float>.self),
                        let generators = generators.baseAddress
                    else { return }
                    pool.forEachRange(count) { rows in
                        for row in rows { next[row] = step(row, places, &generators[row]) }
                    }
                }
            }
        }
    }

    /// Where a row goes in an epoch: algorithm 5 of the paper, for one head.
    @inline(__always)
    private static func step(
        of row: Int, among places: UnsafePointer<SIMD2<Float>>, _ graph: NeighbourWeights, epoch: Int,
        rate: Float, _ generator: inout RandomGenerator
    ) -> SIMD2<Float> {
        var place = places[row]
        let count = graph.bounds.count - 1
        for entry in graph.bounds[row]..<graph.bounds[row + 1] {
            // A pair of weight w takes part in a share w of the epochs, evenly spaced.
            let weight = graph.weights[entry]
            guard (Float(epoch + 1) * weight).rounded(.down) > (Float(epoch) * weight).rounded(.down) else {
                continue
            }
            let apart = place - places[Int(graph.others[entry])]
            place += rate * clipped(apart, times: -2 / (1 + (apart * apart).sum()))
            for _ in 0..<(repulsions / 2) {
                // Two rows from the halves of one random number: none is favoured by more than 2⁻³² · rows.
                let bits = generator.next()
                for half in 0..<2 {
                    let share = bits >> UInt64(32 * half) & 0xFFFF_FFFF
                    let other = Int((share * UInt64(count)) >> 32)
                    guard other != row else { continue }
                    let apart = place - places[other]
                    let square = (apart * apart).sum()
                    place += rate * clipped(apart, times: 2 / ((0.001 + square) * (1 + square)))
                }
            }
        }
        return place
    }

    @inline(__always)
    private static func clipped(_ apart: SIMD2<Float>, times factor: Float) -> SIMD2<Float> {
        SIMD2(
            min(max(apart.x * factor, -longestStep), longestStep),
            min(max(apart.y * factor, -longestStep), longestStep))
    }

    /// The places with their own first principal component along x, and centred.
    private static func turned(_ places: Matrix, pool: ThreadPool) -> Matrix {
        var sums = SIMD2<Double>.zero
        for row in 0..<places.rows { sums += SIMD2(Double(places[row, 0]), Double(places[row, 1])) }
        let mean = sums / Double(max(1, places.rows))
        let centre = SIMD2<Float>(Float(mean.x), Float(mean.y))
        var (xx, xy, yy) = (Double(0), Double(0), Double(0))
        for row in 0..<places.rows {
            let (x, y) = (Double(places[row, 0]) - mean.x, Double(places[row, 1]) - mean.y)
            xx += x * x
            xy += x * y
            yy += y * y
        }
        // The direction (cosine, sine) of the larger eigenvalue, without a trigonometric function.
        let half = (xx - yy) / 2
        let length = (half * half + xy * xy).squareRoot()
        guard length > 0 else { return places }
        let cosine = ((1 + half / length) / 2).squareRoot()
        let sine = (xy < 0 ? -1 : 1) * max(0, (1 - half / length) / 2).squareRoot()
        var result = places
        for row in 0..<places.rows {
            let (x, y) = (places[row, 0] - centre.x, places[row, 1] - centre.y)
            result[row, 0] = Float(cosine) * x + Float(sine) * y
            result[row, 1] = Float(cosine) * y - Float(sine) * x
        }
        return result
    }
}
