import FloatKernels

extension KernelRecord {
    /// Every kernel, on sizes that are not multiples of anything as well as on others.
    static func all() -> [KernelRecord] {
        let counts = [1, 7, 8, 31, 64, 1_003]
        let sizes = [(1, 64, 50), (7, 5, 1), (6, 16, 32), (13, 37, 101), (64, 64, 64)]
        return counts.flatMap(vectorKernels) + sizes.flatMap { products(m: $0, n: $1, k: $2) }
            + [(9, 7, 3, 16), (8, 8, 16, 9)].flatMap {
                convolutions(height: $0, width: $1, channels: $2, filters: $3)
            }
            + [5, 33, 130].flatMap(factorisations) + [exponentials(), selection(), scan(), randomNumbers()]
    }

    /// A kernel that sums products: run once more on the magnitudes of its inputs, it gives those of its results.
    private init(
        _ name: String, terms: Int, _ inputs: [[Float]],
        _ kernel: (_ inputs: [[Float]]) -> [Float]
    ) {
        self.name = name
        self.terms = terms
        values = kernel(inputs)
        magnitudes = kernel(inputs.map { $0.map(abs) })
    }

    private static func vectorKernels(_ n: Int) -> [KernelRecord] {
        let inputs = [random(n, 1), random(n, 2)]
        return [
            KernelRecord("dotProduct \(n)", terms: n, inputs) { [dotProduct($0[0], $0[1], count: n)] },
            KernelRecord("addScaled \(n)", terms: 2, inputs) { inputs in
                var sum = inputs[1]
                addScaled(inputs[0], by: 0.7, to: &sum, count: n)
                return sum
            },
            KernelRecord("sum \(n)", terms: 0, inputs) { [sum($0[0], count: n)] },
        ]
    }

    private static func products(m: Int, n: Int, k: Int) -> [KernelRecord] {
        [(false, false), (false, true), (true, false), (true, true)].map { transposesA, transposesB in
            let name = "matrixProduct \(m)×\(n)×\(k) \(transposesA ? "Aᵀ" : "A")\(transposesB ? "Bᵀ" : "B")"
            return KernelRecord(name, terms: k + 2, [random(m * k, 3), random(k * n, 4), random(m * n, 5)]) {
                var result = $0[2]
                matrixProduct(
                    a: $0[0], aStride: transposesA ? m : k, transposingA: transposesA, b: $0[1],
                    bStride: transposesB ? k : n, transposingB: transposesB, into: &result, cStride: n, m: m,
                    n: n, k: k, alpha: 0.7, beta: 0.3)
                return result
            }
        }
    }

    private static func convolutions(height: Int, width: Int, channels: Int, filters: Int) -> [KernelRecord] {
        let shape = Convolution(
            height: height, width: width, channels: channels, filters: filters, kernelHeight: 3,
            kernelWidth: 3, paddingY: 1, paddingX: 1)
        let name = "\(height)×\(width)×\(channels) to \(filters)"
        let weights = random(shape.patchCount * filters, 6)
        let forward = ConvolutionForward(shape, .linear), gradient = ConvolutionGradient(shape)
        return [
            // Winograd's way is off by up to four times as much, and by twelve roundings more.
            KernelRecord(
                "convolution " + name, terms: 4 * (shape.patchCount + 12),
                [random(shape.inputCount, 7), weights, random(filters, 8)]
            ) {
                var padded = [Float](repeating: 0, count: shape.paddedCount)
                var packed = [Float](repeating: 0, count: forward.packedCount)
                var scratch = [Float](repeating: 0, count: forward.scratchCount)
                var output = [Float](repeating: 0, count: shape.outputCount)
                shape.pad($0[0], into: &padded)
                forward.pack($0[1], bias: $0[2], into: &packed)
                forward.run(padded: padded, packed: packed, scratch: &scratch, into: &output)
                return output
            },
            KernelRecord(
                "convolution gradients " + name, terms: max(height * width, 9 * filters) + 9,
                [random(shape.inputCount, 7), weights, random(shape.outputCount, 9)]
            ) {
                var padded = [Float](repeating: 0, count: shape.paddedCount)
                var packed = [Float](repeating: 0, count: gradient.packedCount)
                var scratch = [Float](repeating: 0, count: gradient.scratchCount)
                var weightGradient = [Float](repeating: 0, count: weights.count)
                var biasGradient = [Float](repeating: 0, count: filters)
                var paddedGradient = [Float](repeating: 0, count: shape.paddedCount)
                shape.pad($0[0], into: &padded)
                gradient.pack($0[1], into: &packed)
                $0[2].withUnsafeBufferPointer { outputGradient in
                    guard let start = outputGradient.baseAddress else { return }
                    gradient.add(
                        .outputs(start), padded: padded, packed: packed, scratch: &scratch,
                        weightGradient: &weightGradient, biasGradient: &biasGradient,
                        paddedGradient: &paddedGradient)
                }
                return weightGradient + biasGradient + paddedGradient
            },
        ]
    }

    /// Of matrices with a condition below 2, so that a result is off by little more than its backward error of
    /// γ₃ₙ (Higham, theorem 10.4), relative to the largest.
    private static func factorisations(_ n: Int) -> [KernelRecord] {
        let pool = ThreadPool(threads: 1)
        var matrix = Matrix(rows: n, columns: n, elements: random(n * n, 10))
        for row in 0..<n {
            for column in 0..<row { matrix[column, row] = matrix[row, column] }
            matrix[row, row] = 4 * Float(n)
        }
        let right = Matrix(rows: n, columns: 3, elements: random(3 * n, 11))
        let solution = Cholesky(matrix, pool: pool)?.solve(right, pool: pool).elements ?? []
        return [
            relative("Cholesky \(n)", terms: 6 * n, solution),
            relative("symmetricEigen \(n)", terms: n, symmetricEigen(matrix, pool: pool).values),
        ]
    }

    /// The error is below 2⁻²³ of the result in either build, which is what two terms allow.
    private static func exponentials() -> KernelRecord {
        var values = random(1_001, 12).map { $0 * 80 }
        exponential(&values, count: values.count)
        return KernelRecord(name: "exponential", terms: 2, values: values, magnitudes: values)
    }

    private static func selection() -> KernelRecord {
        let scores = random(5_003, 13).map { ($0 * 1_000).rounded() }
        let best = largest(100, of: scores, count: scores.count).flatMap { [Float($0.index), $0.score] }
        return KernelRecord(name: "largest", terms: 0, values: best, magnitudes: best)
    }

    /// On vectors of small whole numbers, whose products are exact: so both scans choose the same in any build.
    private static func scan() -> KernelRecord {
        let whole = { (count: Int, stream: UInt64) in random(count, stream).map { ($0 * 9).rounded() } }
        let table = Matrix(rows: 5_003, columns: 21, elements: whole(5_003 * 21, 15))
        let best = [false, true].flatMap { isQuantised in
            ProductScan(vectors: table, biases: whole(5_003, 16), isQuantised: isQuantised)
                .largest(100, query: whole(21, 17)).flatMap { [Float($0.index), $0.score] }
        }
        return KernelRecord(name: "ProductScan", terms: 0, values: best, magnitudes: best)
    }

    /// Normal deviates go through the system's logarithm, which may differ in its last bit.
    private static func randomNumbers() -> KernelRecord {
        var generator = RandomGenerator(seed: 14)
        let values = (0..<1_000).map { _ in generator.normal() }
        return KernelRecord(name: "normal deviates", terms: 1, values: values, magnitudes: values.map(abs))
    }

    private static func relative(_ name: String, terms: Int, _ values: [Float]) -> KernelRecord {
        let largest = values.map(abs).max() ?? 0
        return KernelRecord(
            name: name, terms: terms, values: values,
            magnitudes: [Float](repeating: largest, count: values.count))
    }

    /// Numbers in [−1, 1).
    private static func random(_ count: Int, _ stream: UInt64) -> [Float] {
        var generator = RandomGenerator(seed: 1, stream: stream)
        return (0..<count).map { _ in generator.uniform() * 2 - 1 }
    }
}
