import Diagnostics
import FloatKernels
import Recommendation
import Testing

@Suite("The layout that keeps neighbours") struct NeighbourLayoutTests {
    private static let clusters = 24
    private static let members = 25

    /// Gaussian blobs in 16 dimensions, well apart; row r belongs to blob r mod 24.
    private func blobs() -> Matrix {
        var generator = RandomGenerator(seed: 7)
        let centres = (0..<Self.clusters).map { _ in (0..<16).map { _ in generator.normal() } }
        var elements: [Float] = []
        for row in 0..<(Self.clusters * Self.members) {
            elements += centres[row % Self.clusters].map { $0 + 0.25 * generator.normal() }
        }
        return Matrix(rows: Self.clusters * Self.members, columns: 16, elements: elements).directions
    }

    private func neighbours(_ directions: Matrix, _ count: Int = NeighbourLayout.neighbours) throws
        -> NearestNeighbours
    {
        try NearestNeighbours(
            of: directions, count: count, pool: ThreadPool(threads: 2), monitor: .silent)
    }

    private func layout(_ directions: Matrix, seed: UInt64 = 1, threads: Int = 2) throws -> Matrix {
        try NeighbourLayout.places(
            of: directions, neighbours(directions), seed: seed, pool: ThreadPool(threads: threads),
            monitor: .silent)
    }

    @Test func neighboursAreTheNearest() throws {
        var generator = RandomGenerator(seed: 3)
        let table = Matrix(rows: 90, columns: 5, elements: (0..<450).map { _ in generator.normal() })
            .directions
        let found = try neighbours(table, 7)
        for row in 0..<table.rows {
            let cosines = (0..<table.rows).map { other in
                (0..<5).reduce(0.0) { $0 + Double(table[row, $1]) * Double(table[other, $1]) }
            }
            let expected = (0..<table.rows).filter { $0 != row }.sorted { cosines[$0] > cosines[$1] }
            #expect(found.of(row).map(Int.init) == Array(expected.prefix(7)))
            for (place, other) in expected.prefix(7).enumerated() {
                #expect(abs(Double(found.distances[row * 7 + place]) - (1 - cosines[other])) < 1e-5)
            }
        }
    }

    @Test func membershipsAddUpToTheLogarithmOfTheirNumber() {
        var generator = RandomGenerator(seed: 5)
        let distances = (0..<15).map { _ in generator.uniform() }.sorted()
        let weights = NeighbourWeights.memberships(distances[...])
        #expect(weights.first == 1)
        #expect(abs(weights.reduce(0, +) - 3.906_89) < 1e-3)
        for (near, far) in zip(weights, weights.dropFirst()) { #expect(near >= far) }
        // All equally near: nothing to tell them apart by.
        #expect(NeighbourWeights.memberships([0.5, 0.5, 0.5][...]) == [1, 1, 1])
    }

    @Test func weightsAreTheSameFromBothSides() throws {
        let graph = NeighbourWeights(try neighbours(blobs()))
        var weightOf: [[Int]: Float] = [:]
        for row in 0..<(graph.bounds.count - 1) {
            for entry in graph.bounds[row]..<graph.bounds[row + 1] {
                weightOf[[row, Int(graph.others[entry])]] = graph.weights[entry]
            }
        }
        #expect(weightOf.count == graph.others.count)
        for (pair, weight) in weightOf {
            #expect(abs((weightOf[pair.reversed()] ?? -1) - weight) < 1e-6)
            #expect(pair[0] != pair[1] && weight >= 0 && weight <= 1)
        }
    }

    @Test func theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() throws {
        let blobs = blobs()
        let places = try layout(blobs, threads: 1)
        #expect(try layout(blobs, threads: 1) == places)
        #expect(try layout(blobs, threads: 3) == places)
        #expect(try layout(blobs, seed: 2, threads: 1) != places)
        #expect(places.elements.allSatisfy { $0.isFinite })
    }

    @Test func clustersStayClustersAndMoreNeighboursAreKeptThanByPrincipalComponents() throws {
        let (blobs, pool) = (blobs(), ThreadPool(threads: 2))
        let neighbours = try neighbours(blobs)
        let places = try layout(blobs)
        let map = ItemMap(blobs, pool: pool)
        let components = Matrix(
            rows: blobs.rows, columns: 2,
            elements: (0..<blobs.rows).flatMap { row in
                let place = map.place(of: blobs.row(row))
                return [place.x, place.y]
            })
        // The nearest in the plane is of the same blob.
        func ownNearest(_ places: Matrix) -> Double {
            let rows = 0..<places.rows
            func square(_ a: Int, _ b: Int) -> Float {
                let (x, y) = (places[a, 0] - places[b, 0], places[a, 1] - places[b, 1])
                return x * x + y * y
            }
            let own = rows.count { row in
                let nearest = rows.filter { $0 != row }.min { square($0, row) < square($1, row) }
                return nearest.map { $0 % Self.clusters == row % Self.clusters } ?? false
            }
            return Double(own) / Double(places.rows)
        }
        #expect(ownNearest(places) > 0.97)
        #expect(ownNearest(components) < 0.9)
        let kept = KeptNeighbours.share(places, neighbours, pool: pool)
        let keptByComponents = KeptNeighbours.share(components, neighbours, pool: pool)
        #expect(kept > keptByComponents + 0.1, "\(kept), by principal components \(keptByComponents)")
    }

    @Test func whatIsAlreadyInThePlaneIsKeptWhole() throws {
        // On a circle the nearest by angle are the nearest by distance.
        let angles: [(Float, Float)] = (0..<50).map { step in
            let t = Float(step) / 50 + Float(step * step) / 9_000
            return ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
        }
        let circle = Matrix(rows: 50, columns: 2, elements: angles.flatMap { [$0.0, $0.1] })
        let neighbours = try neighbours(circle.directions)
        let pool = ThreadPool(threads: 1)
        #expect(KeptNeighbours.share(circle, neighbours, pool: pool) > 0.98)
        // Put in another order it keeps what chance does.
        let mixed = circle.selectingRows((0..<50).map { $0 * 17 % 50 })
        #expect(KeptNeighbours.share(mixed, neighbours, pool: pool) < 0.4)
    }

    @Test(arguments: [1, 2, 3]) func fewRowsHaveAMap(count: Int) throws {
        let table = Matrix(rows: count, columns: 3, elements: (0..<(3 * count)).map(Float.init)).directions
        let places = try layout(table)
        #expect(places.rows == count && places.elements.allSatisfy { $0.isFinite })
        let share = KeptNeighbours.share(places, try neighbours(table), pool: ThreadPool(threads: 1))
        #expect(share == 1)
    }

    @Test func equalRowsPart() throws {
        let places = try layout(Matrix(rows: 30, columns: 4, repeating: 1).directions)
        #expect(Set((0..<30).map { places.row($0) }).count == 30)
        #expect(places.elements.allSatisfy { $0.isFinite })
    }

    @Test func itStopsWhereItIsAskedTo() throws {
        let stopping = WorkMonitor(onUpdate: { _ in }, shouldStop: { true })
        let blobs = blobs()
        #expect(throws: Diagnostic.interrupted) {
            try NearestNeighbours(
                of: blobs, count: 5, pool: ThreadPool(threads: 1), monitor: stopping)
        }
        let neighbours = try neighbours(blobs)
        #expect(throws: Diagnostic.interrupted) {
            try NeighbourLayout.places(
                of: blobs, neighbours, seed: 1, pool: ThreadPool(threads: 1), monitor: stopping)
        }
    }
}
