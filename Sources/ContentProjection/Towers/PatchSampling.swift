import FloatKernels
package import ItemContent

/// A poster as the tower reads it: height × width × 3, values 0 … 1, row-major.
package struct PosterPlane: Sendable {
    package let height: Int
    package let width: Int
    package let values: [Float]

    package init(height: Int, width: Int, values: [Float]) {
        precondition(values.count == height * width * 3, "three values a pixel")
        self.height = height
        self.width = width
        self.values = values
    }

    /// The poster in its own size.
    package init(_ poster: RGBImage) {
        self.init(height: poster.height, width: poster.width, values: poster.normalizedFloats())
    }
}

/// How square patches are cut out of a poster and brought to a common contrast.
package struct PatchGrid: Sendable, Equatable {
    /// Side of a patch in pixels; a patch has side · side · 3 values.
    package let side: Int
    /// Pixels from one patch to the next.
    package let stride: Int
    package let height: Int
    package let width: Int

    package init(side: Int, stride: Int, height: Int, width: Int) {
        self.side = side
        self.stride = stride
        self.height = height
        self.width = width
    }

    package var valuesPerPatch: Int { side * side * 3 }
    package var rows: Int { (height - side) / stride + 1 }
    package var columns: Int { (width - side) / stride + 1 }
    package var count: Int { rows * columns }

    /// Copies the patch at grid place (row, column) and normalises it: minus its mean, over √(variance + (10/255)²).
    ///
    /// Source: Coates & Ng, "The importance of encoding versus training with sparse coding and vector
    /// quantization", 2011: brightness and contrast normalisation.
    package func extract(
        _ plane: UnsafePointer<Float>, row: Int, column: Int, into patch: UnsafeMutablePointer<Float>
    ) {
        let run = side * 3
        for line in 0..<side {
            let source = plane + ((row * stride + line) * width + column * stride) * 3
            (patch + line * run).update(from: source, count: run)
        }
        let count = Float(valuesPerPatch)
        let mean = sum(patch, count: valuesPerPatch) / count
        let squares = dotProduct(patch, patch, count: valuesPerPatch)
        let variance = max(squares / count - mean * mean, 0)
        let factor = 1 / (variance + Self.contrastFloor).squareRoot()
        for index in 0..<valuesPerPatch { patch[index] = (patch[index] - mean) * factor }
    }

    private static let contrastFloor: Float = (10.0 / 255) * (10.0 / 255)
}
