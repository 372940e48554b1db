import Diagnostics
package import FloatKernels
import NeuralNetwork

/// A layer of convolution filters learned from the catalogue's own posters without any label.
///
/// Source: Coates & Ng, "Learning feature representations with k-means", 2012: patches are contrast-normalised,
/// whitened and clustered by spherical k-means; the response of filter k is
/// max(0, mean distance − distance to centroid k) ("triangle"), averaged over a 3 × 2 grid of the poster.
package struct PatchDictionary: Sendable {
    package let grid: PatchGrid
    /// Mean of the normalised patches, one value a patch value.
    package let mean: [Float]
    /// whitened values × valuesPerPatch: the directions in which patches differ, each over its standard deviation.
    package let whitening: Matrix
    /// filters × whitened values, unit rows.
    package let filters: Matrix

    /// The grid over which responses are averaged.
    package static let poolingRows = 3
    package static let poolingColumns = 2

    package init(grid: PatchGrid, mean: [Float], whitening: Matrix, filters: Matrix) {
        precondition(mean.count == grid.valuesPerPatch && whitening.columns == mean.count)
        precondition(filters.columns == whitening.rows, "filters live in whitened space")
        self.grid = grid
        self.mean = mean
        self.whitening = whitening
        self.filters = filters
    }

    package var featureCount: Int { filters.rows * Self.poolingRows * Self.poolingColumns }

    /// Averages responses of one poster into `features` (poolingRows × poolingColumns × filters).
    package func respond(
        to plane: PosterPlane, scratch: inout PatchScratch, into features: UnsafeMutablePointer<Float>
    ) {
        precondition(
            plane.height == grid.height && plane.width == grid.width, "the poster has the grid's size")
        let (count, size, filterCount) = (grid.count, whitening.rows, filters.rows)
        scratch.reserve(
            raw: count * grid.valuesPerPatch, whitened: count * size, products: count * filterCount)
        let cells = Self.poolingRows * Self.poolingColumns
        for index in 0..<(cells * filterCount) { features[index] = 0 }
        scratch.withBuffers { raw, whitened, products in
            plane.values.withUnsafeBufferPointer { pixels in
                guard let source = pixels.baseAddress else { return }
                for index in 0..<count {
                    let patch = raw + index * grid.valuesPerPatch
                    grid.extract(
                        source, row: index / grid.columns, column: index % grid.columns, into: patch)
                    subtractMean(from: patch)
                }
            }
            whitening.multiply(raw, rows: count, into: whitened)
            filters.multiply(whitened, rows: count, into: products)
            for index in 0..<count {
                let patch = whitened + index * size
                let cell =
                    (index / grid.columns) * Self.poolingRows / grid.rows * Self.poolingColumns
                    + (index % grid.columns) * Self.poolingColumns / grid.columns
                addTriangleResponse(
                    products: products + index * filterCount,
                    squaredLength: dotProduct(patch, patch, count: size), count: filterCount,
                    into: features + cell * filterCount)
            }
        }
        averageCells(features)
    }

    private func subtractMean(from patch: UnsafeMutablePointer<Float>) {
        mean.withUnsafeBufferPointer { mean in
            for value in mean.indices { patch[value] -= mean[value] }
        }
    }

    /// features += max(0, mean distance − distance), the distance to unit centroid k being √(|x|² + 1 − 2 x·k).
    private func addTriangleResponse(
        products: UnsafeMutablePointer<Float>, squaredLength: Float, count: Int,
        into features: UnsafeMutablePointer<Float>
    ) {
        var total: Float = 0
        for filter in 0..<count {
            let distance = max(squaredLength + 1 - 2 * products[filter], 0).squareRoot()
            products[filter] = distance
        }
        total = sum(products, count: count)
        let mean = total / Float(count)
        for filter in 0..<count { features[filter] += max(mean - products[filter], 0) }
    }

    /// Sums become means: every cell is divided by the number of patches that fell into it.
    private func averageCells(_ features: UnsafeMutablePointer<Float>) {
        let cells = Self.poolingRows * Self.poolingColumns
        var counts = [Float](repeating: 0, count: cells)
        for index in 0..<grid.count {
            let cell =
                (index / grid.columns) * Self.poolingRows / grid.rows * Self.poolingColumns
                + (index % grid.columns) * Self.poolingColumns / grid.columns
            counts[cell] += 1
        }
        for cell in 0..<cells where counts[cell] > 0 {
            for filter in 0..<filters.rows { features[cell * filters.rows + filter] /= counts[cell] }
        }
    }
}

extension Matrix {
    /// out (rows × self.rows) = x (rows × self.columns) · selfᵀ, on the calling thread.
    func multiply(_ x: UnsafePointer<Float>, rows count: Int, into out: UnsafeMutablePointer<Float>) {
        elements.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            matrixProduct(
                a: x, aStride: columns, transposingA: false, b: base, bStride: columns, transposingB: true,
                into: out, cStride: rows, m: count, n: rows, k: columns)
        }
    }
}

/// Working memory for one thread's posters, grown once.
package struct PatchScratch {
    private var patches: [Float] = []
    private var whitened: [Float] = []
    private var products: [Float] = []

    package init() {}

    mutating func reserve(raw: Int, whitened whitenedCount: Int, products productCount: Int) {
        if patches.count < raw { patches = [Float](repeating: 0, count: raw) }
        if whitened.count < whitenedCount { whitened = [Float](repeating: 0, count: whitenedCount) }
        if products.count < productCount { products = [Float](repeating: 0, count: productCount) }
    }

    mutating func withBuffers(
        _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) ->
            Void
    ) {
        patches.withUnsafeMutableBufferPointer { raw in
            whitened.withUnsafeMutableBufferPointer { white in
                products.withUnsafeMutableBufferPointer { out in
                    guard let raw = raw.baseAddress, let white = white.baseAddress, let out = out.baseAddress
                    else { return }
                    body(raw, white, out)
                }
            }
        }
    }
}

extension PatchDictionary {
    func write(to file: inout TensorFileWriter, as name: String) {
        file.add(
            name + ".grid", shape: [4],
            int32s: [grid.side, grid.stride, grid.height, grid.width].map(Int32.init))
        file.add(name + ".mean", shape: [mean.count], floats: mean)
        file.add(name + ".whitening", matrix: whitening)
        file.add(name + ".filters", matrix: filters)
    }

    init(from file: TensorFile, _ name: String) throws {
        let numbers = try file.int32s(name + ".grid").map(Int.init)
        try file.require(
            numbers.count == 4 && numbers.allSatisfy { 1 <= $0 && $0 <= 4096 }
                && numbers[0] <= min(numbers[2], numbers[3]), name, "has a grid of patches")
        grid = PatchGrid(side: numbers[0], stride: numbers[1], height: numbers[2], width: numbers[3])
        let size = grid.valuesPerPatch
        mean = try file.floats(name + ".mean", shape: [size])
        whitening = try file.matrix(name + ".whitening")
        filters = try file.matrix(name + ".filters")
        try file.require(
            whitening.columns == size && filters.columns == whitening.rows && filters.rows > 0, name,
            "has filters of the patch's size")
    }
}
