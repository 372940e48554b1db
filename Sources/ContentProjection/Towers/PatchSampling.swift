import FloatKernels

/// A poster as the tower reads it: height × width × 3, values 0 … 1, row-major.
struct PosterPlane: Sendable {
    let height: Int
    let width: Int
    let values: [Float]
}

/// How square patches are cut out of a poster and brought to a common contrast.
struct PatchGrid: Sendable, Equatable {
    /// Side of a patch in pixels; a patch has side · side · 3 values.
    let side: Int
    /// Pixels from one patch to the next.
    let stride: Int
    let height: Int
    let width: Int

    var valuesPerPatch: Int { side * side * 3 }
    var rows: Int { (height - side) / stride + 1 }
    var columns: Int { (width - side) / stride + 1 }
    var count: Int { rows * columns }

    /// Copies the patch at grid place (row, column) and normalises it: minus its mean, over √(variance + (10/255)²).
    ///
    /// Source: Coates & Ng, "The importance of encoding versus training with sparse coding and vector
    /// quantization", 2011: brightness and contrast normalisation.
    func extract(
        _ plane: UnsafePointer<Float>, row: Int, column: Int, into patch: UnsafeMutablePointer<Float>
    ) {
        let run = side * 3
        var sum: Float = 0
        var squares: Float = 0
        for line in 0..<side {
            let source = plane + ((row * stride + line) * width + column * stride) * 3
            let target = patch + line * run
            for index in 0..<run {
                let value = source[index]
                target[index] = value
                sum += value
                squares += value * value
            }
        }
        let count = Float(valuesPerPatch)
        let mean = sum / count
        let variance = max(squares / count - mean * mean, 0)
        let factor = 1 / (variance + Self.contrastFloor).squareRoot()
        for index in 0..<valuesPerPatch { patch[index] = (patch[index] - mean) * factor }
    }

    private static let contrastFloor: Float = (10.0 / 255) * (10.0 / 255)
}
