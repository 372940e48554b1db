import FloatKernels
import Testing

@Suite struct MatrixProductTests {
    struct Shape: Sendable {
        let m, n, k: Int
    }

    static let shapes = [
        (1, 1, 1), (6, 16, 1), (5, 15, 3), (7, 17, 2), (12, 32, 256), (13, 33, 257), (1, 40, 70), (40, 1, 70),
        (1, 1100, 5), (1100, 1, 5), (2, 3, 600), (193, 20, 40), (200, 19, 300), (30, 2100, 9), (150, 90, 130),
    ].map { Shape(m: $0, n: $1, k: $2) }

    /// One product with gaps between the rows, and all that is known about it.
    private struct Case {
        let a, b, c: Matrix
        let shape: Shape
        let transposingA, transposingB: Bool

        init(_ shape: Shape, _ transposingA: Bool, _ transposingB: Bool) {
            var random = RandomMatrices(seed: UInt64(shape.m * 1_000_003 + shape.n * 1009 + shape.k))
            self.shape = shape
            self.transposingA = transposingA
            self.transposingB = transposingB
            a = transposingA ? random.matrix(shape.k, shape.m) : random.matrix(shape.m, shape.k)
            b = transposingB ? random.matrix(shape.n, shape.k) : random.matrix(shape.k, shape.n)
            c = random.matrix(shape.m, shape.n)
        }

        func product(alpha: Float, beta: Float, c: Matrix, pool: ThreadPool?) -> [Float] {
            let (a, b, c) = (GuardedBuffer(a, gap: 3), GuardedBuffer(b, gap: 1), GuardedBuffer(c, gap: 5))
            matrixProduct(
                a: a.base, aStride: a.stride, transposingA: transposingA, b: b.base, bStride: b.stride,
                transposingB: transposingB, into: c.base, cStride: c.stride, m: shape.m, n: shape.n,
                k: shape.k,
                alpha: alpha, beta: beta, pool: pool)
            #expect(a.isIntact && b.isIntact && c.isIntact)
            return c.values
        }

        func isExact(_ result: [Float], alpha: Float, beta: Float) -> Bool {
            let x = transposingA ? DoubleMatrix(a).transposed : DoubleMatrix(a)
            let y = transposingB ? DoubleMatrix(b).transposed : DoubleMatrix(b)
            let (exact, size) = (x * y, x.magnitudes * y.magnitudes)
            return result.indices.allSatisfy { i in
                let old = Double(beta) * Double(c.elements[i])
                let bound = gamma(shape.k + 3) * (abs(Double(alpha)) * size.elements[i] + abs(old))
                return abs(Double(result[i]) - (Double(alpha) * exact.elements[i] + old)) <= bound
            }
        }
    }

    @Test(arguments: shapes)
    func isWithinTheErrorBound(shape: Shape) {
        for (transposingA, transposingB) in [(false, false), (true, false), (false, true), (true, true)] {
            let problem = Case(shape, transposingA, transposingB)
            for (alpha, beta) in [(1, 0), (-1, 1), (0.75, -2)] as [(Float, Float)] {
                let result = problem.product(alpha: alpha, beta: beta, c: problem.c, pool: nil)
                #expect(problem.isExact(result, alpha: alpha, beta: beta), "\(transposingA) \(transposingB)")
            }
        }
    }

    @Test func doesNotReadCWhereBetaIsZero() {
        for shape in MatrixProductTests.shapes {
            let problem = Case(shape, false, true)
            let nothing = Matrix(rows: shape.m, columns: shape.n, repeating: .nan)
            let result = problem.product(alpha: 1, beta: 0, c: nothing, pool: nil)
            #expect(!result.contains { $0.isNaN })
        }
    }

    @Test func anyNumberOfThreadsGivesTheSameBits() {
        let pools = (1...3).map { ThreadPool(threads: $0) }
        for shape in MatrixProductTests.shapes + [Shape(m: 1, n: 900, k: 900), Shape(m: 900, n: 1, k: 900)] {
            for transposing in [false, true] {
                let problem = Case(shape, transposing, transposing)
                let alone = problem.product(alpha: 1, beta: 0.5, c: problem.c, pool: nil)
                for pool in pools {
                    #expect(problem.product(alpha: 1, beta: 0.5, c: problem.c, pool: pool) == alone)
                }
            }
        }
    }

    @Test(arguments: [(0, [0, 0]), (2, [8, 10])] as [(Float, [Float])])
    func anEmptyDepthScalesC(beta: Float, expected: [Float]) {
        let c = GuardedBuffer([4, 5])
        let nothing = GuardedBuffer([0])
        matrixProduct(
            a: nothing.base, aStride: 0, transposingA: false, b: nothing.base, bStride: 2,
            transposingB: false, into: c.base, cStride: 2, m: 1, n: 2, k: 0, beta: beta)
        #expect(c.values == expected && c.isIntact)
    }

    @Test func multipliesMatrices() {
        let pool = ThreadPool(threads: 2)
        let a = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
        let b = Matrix(rows: 3, columns: 1, elements: [1, 0, -1])
        #expect(matrixProduct(a, b, pool: pool) == Matrix(rows: 2, columns: 1, elements: [-2, -2]))
        #expect(matrixProduct(b, a, transposingA: true, transposingB: true, pool: pool).elements == [-2, -2])
        #expect(
            matrixProduct(Matrix(rows: 2, columns: 0), Matrix(rows: 0, columns: 2), pool: pool)
                == Matrix(rows: 2, columns: 2))
    }

    @Test func infinitiesAndNaNsSpread() {
        let pool = ThreadPool(threads: 1)
        let a = Matrix(rows: 2, columns: 2, elements: [.infinity, 0, 1, 1])
        let b = Matrix(rows: 2, columns: 2, elements: [1, 0, 1, .nan])
        let c = matrixProduct(a, b, pool: pool)
        #expect(c[0, 0] == .infinity && c[0, 1].isNaN && c[1, 0] == 2 && c[1, 1].isNaN)
    }
}
