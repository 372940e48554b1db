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
        var factors = FactorGrams(of: kernels, rows, columns, pool: pool)
        return kernels.map { factors.product($0) }
    }

    /// Σ w_k K_k, rows × columns.
    package func gram(_ rows: EncodedItems, _ columns: EncodedItems, pool: ThreadPool) -> Matrix {
        var sum = Matrix(rows: rows.count, columns: columns.count)
        forEachBlock(of: rows.count) { block in
            put(rows.selecting(Array(block)), columns, into: &sum, from: block.lowerBound, pool: pool)
        }
        return sum
    }

    /// Σ w_k K_k of items with themselves: only the lower triangle is meaningful.
    package func lowerGram(_ items: EncodedItems, pool: ThreadPool) -> Matrix {
        var sum = Matrix(rows: items.count, columns: items.count)
        forEachBlock(of: items.count) { block in
            put(
                items.selecting(Array(block)), items.selecting(Array(0..<block.upperBound)), into: &sum,
                from: block.lowerBound, pool: pool)
        }
        return sum
    }

    /// Blocks of rows whose matrices stay in the cache.
    private func forEachBlock(of count: Int, _ body: (Range<Int>) -> Void) {
        for start in stride(from: 0, to: count, by: Self.blockRows) {
            body(start..<min(start + Self.blockRows, count))
        }
    }

    private static let blockRows = 256

    /// Writes Σ w_k K_k of a block into the leading columns of `sum`.
    private func put(
        _ rows: EncodedItems, _ columns: EncodedItems, into sum: inout Matrix, from first: Int,
        pool: ThreadPool
    ) {
        var factors = FactorGrams(of: kernels, rows, columns, pool: pool)
        var block = Matrix(rows: rows.count, columns: columns.count)
        for (kernel, weight) in zip(kernels, weights) { factors.add(kernel, scaledBy: weight, to: &block) }
        for row in 0..<block.rows {
            let start = (first + row) * sum.columns
            sum.elements.replaceSubrange(
                start..<(start + block.columns),
                with: block.elements[(row * block.columns)..<((row + 1) * block.columns)])
        }
    }

    /// Σ w_k: the prior variance of an item, whatever content it lacks. Similarity to other items is zero where content is
    /// missing, but what is missing is unknown, not known to be average.
    package var priorVariance: Float { weights.reduce(0, +) }
}

extension Matrix {
    /// self += factor · other, element by element.
    mutating func add(_ other: Matrix, scaledBy factor: Float, pool: ThreadPool) {
        precondition(rows == other.rows && columns == other.columns)
        other.elements.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            nonisolated(unsafe) let source = base
            let width = columns
            withMutableRows(pool: pool) { row, values in
                guard let target = values.baseAddress else { return }
                addScaled(source + row * width, by: factor, to: target, count: width)
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
