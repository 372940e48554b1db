import ContentProjection
import FloatKernels
import Foundation
import Testing

@Suite struct ContentKernelTests {
    private let pool = ThreadPool(threads: 2)
    private let points = Matrix.random(9, 3, seed: 14)

    /// Terms (row 1 is empty) and points (row 2 is missing).
    private var items: EncodedItems {
        var items = EncodedItems(count: 9)
        items["genres"] = .terms(.random(9, width: 6, seed: 15))
        items["poster"] = .points(points, present: (0..<9).map { $0 != 2 })
        return items
    }

    private let cosine = KernelFactor("genres", .cosine)
    private let gaussian = KernelFactor("poster", .gaussian(scale: 2))

    @Test func gaussianIsThatOfTheDefinition() {
        let gram = gaussian.gram(items, KernelSupport(items), pool: pool)
        for a in 0..<9 {
            for b in 0..<9 {
                let square = (0..<3).reduce(0.0) {
                    let difference = Double(points[a, $1]) - Double(points[b, $1])
                    return $0 + difference * difference
                }
                let wanted = a == 2 || b == 2 ? 0 : Foundation.exp(-square / 2)
                // |x|² + |y|² − 2 x·y cancels: a few roundings of lengths up to 20.
                #expect(abs(Double(gram[a, b]) - wanted) < 20 * 8 * Double(Float.ulpOfOne))
            }
        }
    }

    @Test func productsMultiplyAndMissingContentIsZero() {
        let kernel = ContentKernel(cosine, gaussian)
        let sum = WeightedKernels(kernels: [kernel, ContentKernel(cosine)], weights: [2, 0.5])
        let (a, b) = (
            cosine.gram(items, KernelSupport(items), pool: pool),
            gaussian.gram(items, KernelSupport(items), pool: pool)
        )
        let gram = sum.gram(items, items, pool: pool)
        for i in a.elements.indices {
            #expect(abs(gram.elements[i] - (2 * a.elements[i] * b.elements[i] + 0.5 * a.elements[i])) < 1e-6)
        }
        for row in 0..<9 {
            #expect(gram[1, row] == 0 && gram[row, 1] == 0)
        }
    }

    /// More items than a block: the triangle is that of the whole matrix, and both are sums of the single kernels.
    @Test func blocksOfRowsMakeUpTheWhole() {
        var many = EncodedItems(count: 600)
        many["genres"] = .terms(.random(600, width: 6, seed: 16))
        many["poster"] = .points(.random(600, 3, seed: 17), present: (0..<600).map { $0 % 7 != 2 })
        let sum = WeightedKernels(
            kernels: [ContentKernel(cosine, gaussian), ContentKernel(cosine), ContentKernel(gaussian)],
            weights: [2, 0.5, 0.7])
        let parts = WeightedKernels.grams(sum.kernels, many, many, pool: pool)
        let (whole, lower) = (sum.gram(many, many, pool: pool), sum.lowerGram(many, pool: pool))
        for row in 0..<600 {
            for column in 0..<600 {
                let wanted = zip(parts, sum.weights).reduce(Float(0)) { $0 + $1.1 * $1.0[row, column] }
                #expect(abs(whole[row, column] - wanted) < 1e-5)
                if column <= row { #expect(abs(lower[row, column] - wanted) < 1e-5) }
            }
        }
    }

    @Test func gramsArePositiveSemidefinite() {
        let kernels = [ContentKernel(cosine), ContentKernel(gaussian), ContentKernel(cosine, gaussian)]
        for gram in WeightedKernels.grams(kernels, items, items, pool: pool) {
            let values = symmetricEigen(gram, pool: pool).values
            // Eigenvalues move by at most the norm of the rounding of the entries.
            #expect((values.last ?? -1) > -9 * 160 * .ulpOfOne)
            #expect(gram.distance(to: gram.transposed) < 1e-5)
        }
    }

    @Test func viewsThatFewItemsHaveAreNotOffered() {
        let offered = KernelLibrary.offered(for: items.selecting([0, 1, 2, 3]), pool: pool)
        #expect(offered.isEmpty)
        let views = Set(KernelLibrary.offered(for: items, pool: pool).flatMap(\.views))
        #expect(views == ["genres", "poster"])
    }
}
