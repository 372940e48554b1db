import Diagnostics
package import FloatKernels
import NeuralNetwork

/// A product of similarities: items are alike when they are alike in every factor.
package struct ContentKernel: Sendable, Hashable {
    package let factors: [KernelFactor]

    package init(_ factors: KernelFactor...) { self.factors = factors }
    package init(factors: [KernelFactor]) { self.factors = factors }

    /// The views that it looks at.
    package var views: [String] { factors.map(\.view) }

    /// k(x, x) of every item: 1 where it has all the content, 0 elsewhere.
    func diagonal(_ items: EncodedItems) -> [Float] {
        (0..<items.count).map { row in
            factors.allSatisfy { items[$0.view]?.isPresent(row) ?? false } ? 1 : 0
        }
    }
}

/// Kernels with their weights: Σ w_k K_k.
package struct WeightedKernels: Sendable {
    package let kernels: [ContentKernel]
    package let weights: [Float]

    package init(kernels: [ContentKernel], weights: [Float]) {
        precondition(kernels.count == weights.count, "a weight for every kernel")
        self.kernels = kernels
        self.weights = weights
    }

    /// The matrices of the kernels by themselves, rows × columns each.
    package static func grams(
        _ kernels: [ContentKernel], _ rows: EncodedItems, _ columns: EncodedItems, pool: ThreadPool
    ) -> [Matrix] {
        var cache: [KernelFactor: Matrix] = [:]
        return kernels.map { kernel in
            product(kernel, rows, columns, cache: &cache, isShared: { _ in true }, pool: pool)
        }
    }

    /// Σ w_k K_k, rows × columns; holds few matrices at a time.
    package func gram(_ rows: EncodedItems, _ columns: EncodedItems, pool: ThreadPool) -> Matrix {
        var sum = Matrix(rows: rows.count, columns: columns.count)
        var uses: [KernelFactor: Int] = [:]
        for factor in kernels.flatMap(\.factors) { uses[factor, default: 0] += 1 }
        var cache: [KernelFactor: Matrix] = [:]
        for (kernel, weight) in zip(kernels, weights) {
            let part = Self.product(
                kernel, rows, columns, cache: &cache, isShared: { uses[$0, default: 0] > 2 }, pool: pool)
            sum.add(part, scaledBy: weight, pool: pool)
        }
        return sum
    }

    /// Σ w_k k_k(x, x).
    package func diagonal(_ items: EncodedItems) -> [Float] {
        var sum = [Float](repeating: 0, count: items.count)
        for (kernel, weight) in zip(kernels, weights) {
            for (row, value) in kernel.diagonal(items).enumerated() { sum[row] += weight * value }
        }
        return sum
    }

    private static func product(
        _ kernel: ContentKernel, _ rows: EncodedItems, _ columns: EncodedItems,
        cache: inout [KernelFactor: Matrix], isShared: (KernelFactor) -> Bool, pool: ThreadPool
    ) -> Matrix {
        var result: Matrix?
        for factor in kernel.factors {
            let gram = cache[factor] ?? factor.gram(rows, columns, pool: pool)
            if isShared(factor) { cache[factor] = gram }
            if var product = result {
                product.multiplyElements(by: gram, pool: pool)
                result = product
            } else {
                result = gram
            }
        }
        return result ?? Matrix(rows: rows.count, columns: columns.count)
    }
}

extension Matrix {
    /// self += factor · other, element by element.
    mutating func add(_ other: Matrix, scaledBy factor: Float, pool: ThreadPool) {
        precondition(rows == other.rows && columns == other.columns)
        combineRows(with: other, pool: pool) { target, source, count in
            addScaled(source, by: factor, to: target, count: count)
        }
    }

    /// self ∘ other.
    mutating func multiplyElements(by other: Matrix, pool: ThreadPool) {
        precondition(rows == other.rows && columns == other.columns)
        combineRows(with: other, pool: pool) { target, source, count in
            for index in 0..<count { target[index] *= source[index] }
        }
    }

    private mutating func combineRows(
        with other: Matrix, pool: ThreadPool,
        _ body: (UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int) -> Void
    ) {
        other.elements.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            nonisolated(unsafe) let source = base
            let width = columns
            withMutableRows(pool: pool) { row, values in
                guard let target = values.baseAddress else { return }
                body(target, source + row * width, width)
            }
        }
    }
}

extension WeightedKernels {
    func write(to file: inout TensorFileWriter, as name: String) {
        file.add(name + ".weights", shape: [weights.count], floats: weights)
        file.add(name + ".lengths", shape: [kernels.count], int32s: kernels.map { Int32($0.factors.count) })
        let factors = kernels.flatMap(\.factors)
        file.add(name + ".factor_views", strings: factors.map(\.view))
        file.add(
            name + ".factor_scales", shape: [factors.count],
            floats: factors.map { if case .gaussian(let scale) = $0.form { scale } else { 0 } })
    }

    init(from file: TensorFile, _ name: String) throws {
        let lengths = try file.int32s(name + ".lengths").map(Int.init)
        let views = try file.strings(name + ".factor_views")
        let scales = try file.floats(name + ".factor_scales", shape: [views.count])
        try file.require(
            lengths.allSatisfy { $0 > 0 } && lengths.reduce(0, +) == views.count, name, "lists its factors")
        var factors = zip(views, scales).map { view, scale in
            KernelFactor(view, scale > 0 ? .gaussian(scale: scale) : .cosine)
        }[...]
        weights = try file.floats(name + ".weights", shape: [lengths.count])
        kernels = lengths.map { length in
            defer { factors = factors.dropFirst(length) }
            return ContentKernel(factors: Array(factors.prefix(length)))
        }
    }
}
