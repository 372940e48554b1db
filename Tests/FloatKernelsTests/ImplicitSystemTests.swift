import FloatKernels
import Testing

@Suite struct ImplicitSystemTests {
    /// A system with its matrix and right side in Double.
    private struct World {
        let gram: Matrix
        let table: Matrix
        let liked: [Int32]
        let others: [Int32]
        let weights: (matrix: Float, liked: Float, other: Float)

        init(order: Int, liked likedCount: Int, others otherCount: Int, matrixWeight: Float = 3) {
            var random = RandomMatrices(seed: UInt64(order + likedCount))
            gram = random.positiveDefinite(order)
            table = random.matrix(likedCount + otherCount + 1, order)
            // Every second row first, so that the order is not that of the table.
            let rows =
                Array(stride(from: 0, to: table.rows - 1, by: 2)) + stride(from: 1, to: table.rows - 1, by: 2)
            liked = rows.prefix(likedCount).map(Int32.init)
            others = rows.dropFirst(likedCount).map(Int32.init)
            weights = (matrixWeight, 4, 1.5)
        }

        /// A x and r, in Double from the definition.
        func sides(_ x: [Float]) -> (product: [Double], right: [Double]) {
            let order = gram.rows
            var product = (0..<order).map { i in
                (0..<order).reduce(0) { $0 + Double(gram[i, $1]) * Double(x[$1]) }
            }
            var right = [Double](repeating: 0, count: order)
            for row in liked {
                let y = table.row(Int(row)).map(Double.init)
                let score = zip(y, x).reduce(0) { $0 + $1.0 * Double($1.1) }
                for i in 0..<order {
                    product[i] += Double(weights.matrix) * score * y[i]
                    right[i] += Double(weights.liked) * y[i]
                }
            }
            for row in others {
                for i in 0..<order { right[i] += Double(weights.other) * Double(table[Int(row), i]) }
            }
            return (product, right)
        }

        /// Improves `x`, which stands between sentinels.
        func improve(_ x: [Float], steps: Int) -> (x: [Float], value: Float, isIntact: Bool) {
            let guarded = GuardedBuffer(x)
            let value = gram.elements.withUnsafeBufferPointer { gram -> Float in
                guard let gram = gram.baseAddress else { return .nan }
                return liked.withUnsafeBufferPointer { liked in
                    others.withUnsafeBufferPointer { others in
                        ImplicitSystem(gram: gram, order: x.count, weights: weights).improve(
                            guarded.base, table: table.elements, liked: liked, others: others, steps: steps)
                    }
                }
            }
            return (guarded.values, value, guarded.isIntact)
        }
    }

    private static let sizes = [(8, 0, 0), (8, 1, 0), (16, 3, 2), (16, 4, 5), (24, 50, 7), (64, 1100, 3)]

    @Test(arguments: sizes, [Float(3), 0])
    func manyStepsSolveTheSystem(size: (order: Int, liked: Int, others: Int), matrixWeight: Float) {
        let world = World(
            order: size.order, liked: size.liked, others: size.others, matrixWeight: matrixWeight)
        let start = [Float](repeating: 0.25, count: size.order)
        let found = world.improve(start, steps: 4 * size.order)
        #expect(found.isIntact)
        let (product, right) = world.sides(found.x)
        // What rounding leaves of the residual is in proportion to the largest of the way, the first one included.
        let first = world.sides(start).product.reduce(0) { $0 + abs($1) }
        let scale = zip(product, right).reduce(first) { $0 + abs($1.0) + abs($1.1) }
        for (a, b) in zip(product, right) {
            #expect(abs(a - b) <= 8 * gamma(size.order + size.liked) * scale)
        }
    }

    @Test(arguments: sizes)
    func stepsComeNearerAndTellTheValue(size: (order: Int, liked: Int, others: Int)) {
        let world = World(order: size.order, liked: size.liked, others: size.others)
        let start = (0..<size.order).map { 0.1 * Float($0 % 5) }
        var last = Double.infinity
        for steps in [0, 1, 2, 3] {
            let found = world.improve(start, steps: steps)
            let (product, right) = world.sides(found.x)
            var (value, terms) = (0.0, 0.0)
            for i in 0..<size.order {
                value += Double(found.x[i]) * (product[i] - 2 * right[i])
                terms += abs(Double(found.x[i])) * (abs(product[i]) + 2 * abs(right[i]))
            }
            #expect(value <= last + 1e-12 * terms)
            last = value
            let startTerms = Double(size.order + size.liked + 1) * 100
            #expect(
                abs(Double(found.value) - value) <= 4 * gamma(size.order + size.liked) * (terms + startTerms))
        }
    }

    @Test func theSameSystemGivesTheSameBits() {
        let world = World(order: 16, liked: 9, others: 2)
        let start = [Float](repeating: 0.5, count: 16)
        #expect(world.improve(start, steps: 3).x == world.improve(start, steps: 3).x)
        #expect(world.improve(start, steps: 0).x == start)
    }
}
