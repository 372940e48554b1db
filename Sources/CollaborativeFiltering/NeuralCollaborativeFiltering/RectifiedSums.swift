import FloatKernels

/// y = max(0, a + b + c) over `count` values.
@inline(__always)
func rectifiedSum(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, count: Int
) {
    let vectors = count & ~7
    for i in stride(from: 0, to: vectors, by: 8) {
        store(rectified(load(a + i) + load(b + i) + load(c + i)), at: y + i)
    }
    for i in vectors..<max(vectors, count) { y[i] = max(0, a[i] + b[i] + c[i]) }
}

/// y = max(0, a + b) over `count` values.
@inline(__always)
func rectifiedSum(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
) {
    let vectors = count & ~7
    for i in stride(from: 0, to: vectors, by: 8) {
        store(rectified(load(a + i) + load(b + i)), at: y + i)
    }
    for i in vectors..<max(vectors, count) { y[i] = max(0, a[i] + b[i]) }
}

/// y = max(0, y + biases) over `count` values.
@inline(__always)
func rectify(_ y: UnsafeMutablePointer<Float>, adding biases: UnsafePointer<Float>, count: Int) {
    rectifiedSum(y, biases, into: y, count: count)
}

/// y = factor · weights where the outputs are positive, else 0, over `count` values.
@inline(__always)
func rectifiedGradient(
    _ weights: UnsafePointer<Float>, by factor: Float, where outputs: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, count: Int
) {
    let vectors = count & ~7
    for i in stride(from: 0, to: vectors, by: 8) {
        store((factor * load(weights + i)).replacing(with: 0, where: load(outputs + i) .<= 0), at: y + i)
    }
    for i in vectors..<max(vectors, count) { y[i] = outputs[i] > 0 ? factor * weights[i] : 0 }
}

/// Sets y to 0 where the outputs are not positive, over `count` values.
@inline(__always)
func rectifyGradient(
    _ y: UnsafeMutablePointer<Float>, where outputs: UnsafePointer<Float>, count: Int
) {
    let vectors = count & ~7
    for i in stride(from: 0, to: vectors, by: 8) {
        store(load(y + i).replacing(with: 0, where: load(outputs + i) .<= 0), at: y + i)
    }
    for i in vectors..<max(vectors, count) where outputs[i] <= 0 { y[i] = 0 }
}

/// y += Σ over rows of a rows × columns matrix, in their order.
func addColumnSums(
    of matrix: UnsafePointer<Float>, rows: Int, columns: Int, to y: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows { addScaled(matrix + row * columns, by: 1, to: y, count: columns) }
}

/// max(0, x) lane by lane; the library's maximum goes lane after lane.
@inline(__always)
private func rectified(_ x: SIMD8<Float>) -> SIMD8<Float> { x.replacing(with: 0, where: x .<= 0) }

@inline(__always)
private func load(_ pointer: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
}

@inline(__always)
private func store(_ value: SIMD8<Float>, at pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: SIMD8<Float>.self)
}
