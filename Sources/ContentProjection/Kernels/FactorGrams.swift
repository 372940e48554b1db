import FloatKernels

/// The matrices of the factors of some kernels between two sets of items, each made when first wanted, and kept
/// where another kernel wants it too.
struct FactorGrams {
    private let rows: EncodedItems
    private let columns: KernelSupport
    private let pool: ThreadPool
    private let uses: [KernelFactor: Int]
    private var grams: [KernelFactor: Matrix] = [:]
    /// Squared distances by view: kernels of any width begin with them.
    private var distances: [String: Matrix] = [:]

    init(of kernels: [ContentKernel], _ rows: EncodedItems, _ columns: KernelSupport, pool: ThreadPool) {
        self.rows = rows
        self.columns = columns
        self.pool = pool
        uses = kernels.flatMap(\.factors).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    var rowCount: Int { rows.count }
    var columnCount: Int { columns.count }

    /// rows × columns: the product of the kernel's factors.
    mutating func product(_ kernel: ContentKernel) -> Matrix {
        var product = Matrix(rows: rows.count, columns: columns.count)
        add(kernel, scaledBy: 1, to: &product)
        return product
    }

    /// sum += weight · the product of the kernel's factors.
    mutating func add(_ kernel: ContentKernel, scaledBy weight: Float, to sum: inout Matrix) {
        let grams = kernel.factors.map { gram($0) }
        guard let first = grams.first else { return }
        if grams.count == 1 { return sum.add(first, scaledBy: weight, pool: pool) }
        let width = sum.columns
        sum.withMutableRows(pool: pool) { row, target in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { product in
                guard let target = target.baseAddress, let product = product.baseAddress else { return }
                first.withRow(row) { product.initialize(from: $0, count: width) }
                for gram in grams.dropFirst() {
                    gram.withRow(row) { factor in
                        for column in 0..<width { product[column] *= factor[column] }
                    }
                }
                addScaled(product, by: weight, to: target, count: width)
            }
        }
    }

    private mutating func gram(_ factor: KernelFactor) -> Matrix {
        if let gram = grams[factor] { return gram }
        let gram = make(factor)
        if uses[factor, default: 0] > 1 { grams[factor] = gram }
        return gram
    }

    private mutating func make(_ factor: KernelFactor) -> Matrix {
        guard case .gaussian = factor.form, case .points(let points, _)? = rows[factor.view] else {
            return factor.gram(rows, columns, squaredDistances: nil, pool: pool)
        }
        let known = distances[factor.view] ?? columns.squaredDistances(points, in: factor.view, pool: pool)
        distances[factor.view] = known
        return factor.gram(rows, columns, squaredDistances: known, pool: pool)
    }
}

extension Matrix {
    /// Lends the elements of a row.
    fileprivate func withRow(_ row: Int, _ body: (UnsafePointer<Float>) -> Void) {
        elements.withUnsafeBufferPointer { if let base = $0.baseAddress { body(base + row * columns) } }
    }
}
