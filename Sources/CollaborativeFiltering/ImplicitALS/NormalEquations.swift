import FloatKernels

/// A d × d system A x = r that one thread fills and solves over and over, on storage allocated once.
///
/// Outer products are gathered into blocks of rows and added by one matrix product a block, which
/// another weight than that of the outer product before ends.
final class NormalEquations {
    /// d.
    let order: Int
    private let gram: Matrix
    private let matrix: UnsafeMutablePointer<Float>
    private let rightSide: UnsafeMutablePointer<Float>
    private let solution: UnsafeMutablePointer<Float>
    private let block: UnsafeMutablePointer<Float>
    private let blockRows = 128
    private var staged = 0
    private var weight: Float = 0

    /// Systems that start from A = `gram` (d × d, symmetric) and r = 0.
    init(gram: Matrix) {
        self.gram = gram
        order = gram.rows
        matrix = .allocate(capacity: order * order)
        rightSide = .allocate(capacity: order)
        solution = .allocate(capacity: order)
        block = .allocate(capacity: order * blockRows)
        reset()
    }

    deinit {
        matrix.deallocate()
        rightSide.deallocate()
        solution.deallocate()
        block.deallocate()
    }

    /// Back to A = gram and r = 0.
    func reset() {
        staged = 0
        gram.elements.withUnsafeBufferPointer { elements in
            if let start = elements.baseAddress { matrix.update(from: start, count: elements.count) }
        }
        rightSide.update(repeating: 0, count: order)
    }

    /// Adds `value` to the first `count` places of A's diagonal.
    func addToDiagonal(_ value: Float, count: Int) {
        for i in 0..<count { matrix[i * order + i] += value }
    }

    /// A += weight · v vᵀ, at the latest when the system is solved.
    func stageOuterProduct(_ vector: UnsafePointer<Float>, weight: Float) {
        if weight != self.weight { addStaged() }
        self.weight = weight
        (block + staged * order).update(from: vector, count: order)
        staged += 1
        if staged == blockRows { addStaged() }
    }

    /// r += weight · v.
    func addToRightSide(_ vector: UnsafePointer<Float>, weight: Float) {
        addScaled(vector, by: weight, to: rightSide, count: order)
    }

    /// Writes x = A⁻¹r to `output` (d values) and returns r·x. Where A is not positive definite, x = 0.
    func solve(into output: UnsafeMutablePointer<Float>) -> Float {
        addStaged()
        solution.update(from: rightSide, count: order)
        guard solvePositiveDefinite(matrix, order: order, solution) else {
            output.update(repeating: 0, count: order)
            return 0
        }
        output.update(from: solution, count: order)
        return dotProduct(rightSide, solution, count: order)
    }

    private func addStaged() {
        guard staged > 0 else { return }
        matrixProduct(
            a: block, aStride: order, transposingA: true, b: block, bStride: order, transposingB: false,
            into: matrix, cStride: order, m: order, n: order, k: staged, alpha: weight, beta: 1)
        staged = 0
    }
}
