import FloatKernels
import Testing

@Suite struct SymmetricProductTests {
    private let pool = ThreadPool(threads: 2)

    @Test(arguments: [(1, 1), (7, 5), (191, 20), (192, 3), (193, 300), (400, 17)])
    func lowerTriangleIsWithinTheErrorBound(order: Int, depth: Int) {
        var random = RandomMatrices(seed: UInt64(order * 1009 + depth))
        let (a, old) = (random.matrix(order, depth), random.symmetric(order))
        let (exact, size) = (
            DoubleMatrix(a) * DoubleMatrix(a).transposed,
            DoubleMatrix(a).magnitudes * DoubleMatrix(a).magnitudes.transposed
        )
        for (alpha, beta) in [(1, 0), (-0.5, 1)] as [(Float, Float)] {
            var found = old
            addSymmetricProduct(a, a, to: &found, alpha: alpha, beta: beta, pool: pool)
            for row in 0..<order {
                for column in 0...row {
                    let place = row * order + column
                    let before = Double(beta) * Double(old.elements[place])
                    let wanted = Double(alpha) * exact.elements[place] + before
                    let bound = gamma(depth + 3) * (abs(Double(alpha)) * size.elements[place] + abs(before))
                    #expect(abs(Double(found.elements[place]) - wanted) <= bound)
                }
            }
        }
    }

    @Test func anyNumberOfThreadsGivesTheSameBits() {
        var random = RandomMatrices(seed: 3)
        let (a, b) = (random.matrix(230, 90), random.matrix(230, 90))
        let results = [1, 2, 3].map { threads in
            var result = Matrix(rows: 230, columns: 230)
            addSymmetricProduct(a, b, to: &result, pool: ThreadPool(threads: threads))
            return result
        }
        #expect(results[0] == results[1] && results[0] == results[2])
    }
}
