import FloatKernels
import Testing

@Suite struct VectorKernelsTests {
    static let counts = Array(0...41) + [63, 64, 65, 1000]

    @Test(arguments: counts)
    func reductions(count: Int) {
        var random = RandomMatrices(seed: UInt64(count))
        let (a, b) = (random.vector(count), random.vector(count))
        let pairs = zip(a, b).map { (Double($0), Double($1)) }
        let dot = Double(dotProduct(a, b, count: count))
        let size = pairs.reduce(0) { $0 + abs($1.0 * $1.1) }
        #expect(abs(dot - pairs.reduce(0) { $0 + $1.0 * $1.1 }) <= gamma(count) * size)
        let distance = pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        // The difference is rounded before it is squared.
        #expect(abs(Double(squaredDistance(a, b, count: count)) - distance) <= gamma(count + 2) * distance)
        let total = a.reduce(0) { $0 + Double($1) }
        let magnitude = a.reduce(0) { $0 + abs(Double($1)) }
        #expect(abs(Double(sum(a, count: count)) - total) <= gamma(count) * magnitude)
    }

    @Test(arguments: counts.dropFirst())
    func updates(count: Int) {
        var random = RandomMatrices(seed: UInt64(count))
        let (x, y) = (random.vector(count), random.vector(count))
        let (input, output) = (GuardedBuffer(x), GuardedBuffer(y))
        addScaled(input.base, by: 0.3, to: output.base, count: count)
        // One fused operation an element: rounded once.
        #expect(output.values == zip(x, y).map { $1.addingProduct(0.3, $0) })
        scale(output.base, by: -1.7, count: count)
        #expect(output.values == zip(x, y).map { $1.addingProduct(0.3, $0) * -1.7 })
        #expect(input.isIntact && output.isIntact && input.values == x)
    }
}
