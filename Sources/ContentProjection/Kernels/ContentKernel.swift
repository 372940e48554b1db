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
        let views = Set(kernels.flatMap(\.views))
        var factors = FactorGrams(of: kernels, rows, KernelSupport(columns, views: views), pool: pool)
        return kernels.map { factors.product($0) }
    }

    /// Σ w_k K_k, rows × columns.
    package func gram(_ rows: EncodedItems, _ columns: EncodedItems, pool: ThreadPool) -> Matrix {
        let support = KernelSupport(columns, views: Set(kernels.flatMap(\.views)))
        return Self.grams([self], rows, support, pool: pool)[0]
    }

    /// Σ w_k K_k, rows × columns, of several sums, which share what their kernels have in common.
    package static func grams(
        _ sums: [WeightedKernels], _ rows: EncodedItems, _ columns: KernelSupport, pool: ThreadPool
    ) -> [Matrix] {
        var grams = sums.map { _ in Matrix(rows: rows.count, columns: columns.count) }
        forEachBlock(of: rows.count) { block in
            var factors = FactorGrams(
                of: sums.flatMap(\.kernels), rows.selecting(Array(block)), columns, pool: pool)
            for (index, sum) in sums.enumerated() {
                sum.put(&factors, into: &grams[index], from: block.lowerBound, pool: pool)
            }
        }
        return grams
    }

    /// Σ w_k K_k of items with themselves: only the lower triangle is meaningful.
    package func lowerGram(_ items: EncodedItems, pool: ThreadPool) -> Matrix {
        var sum = Matrix(rows: items.count, columns: items.count)
        let views = Set(kernels.flatMap(\.views))
        Self.forEachBlock(of: items.count) { block in
            let before = KernelSupport(items.selecting(Array(0..<block.upperBound)), views: views)
            var factors = FactorGrams(of: kernels, items.selecting(Array(block)), before, pool: pool)
            put(&factors, into: &sum, from: block.lowerBound, pool: pool)
        }
        return sum
    }

    /// Blocks of rows whose matrices stay in the cache.
    private static func forEachBlock(of count: Int, _ body: (Range<Int>) -> Void) {
        for start in stride(from: 0, to: count, by: blockRows) {
            body(start..<min(start + blockRows, count))
        }
    }

    private static let blockRows = 256

    /// Writes Σ w_k K_k of a block into the leading columns of `sum`.
    private func put(
        _ factors: inout FactorGrams, into sum: inout Matrix, from first: Int, pool: ThreadPool
    ) {
        var block = Matrix(rows: factors.rowCount, columns: factors.columnCount)
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
