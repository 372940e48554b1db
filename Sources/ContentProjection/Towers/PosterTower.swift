package import Diagnostics
package import FloatKernels
package import ItemContent
package import NeuralNetwork

/// The poster tower: two convolutional dictionaries at two scales, pooled, standardised, and reduced to the
/// directions in which this catalogue's posters differ most.
///
/// Filters need no labels, so a few hundred posters are enough (Coates, Lee & Ng, "An analysis of single-layer
/// networks in unsupervised feature learning", 2011).
package struct PosterTower: Sendable {
    let dictionaries: [PatchDictionary]
    /// Mean and 1 / standard deviation of every pooled response over the posters learned from.
    let mean: [Float]
    let inverseDeviation: [Float]
    /// components × pooled responses, orthonormal rows.
    let components: Matrix

    /// Length of an embedding.
    package var dimensions: Int { components.rows }

    /// Posters are brought to this size before anything else; the smaller scale is averaged from it.
    package static let inputHeight = 96
    package static let inputWidth = 64

    /// Fewer posters than this teach nothing worth having.
    package static let minimumPosters = 24

    /// The scales. Responses are averaged over a sixth of the poster, forty or fifty places each: at every pixel they
    /// take four times the work and place items no better.
    private static let scales: [(height: Int, width: Int, stride: Int, filters: Int)] = [
        (48, 32, 2, 300), (96, 64, 5, 160),
    ]
    private static let patchSide = 6
    private static let maximumComponents = 256

    /// Learns the tower from posters, and embeds them on the way.
    ///
    /// - Returns: the tower, and posters × dimensions.
    /// - Throws: `Diagnostic.interrupted` when the monitor says stop.
    package static func learn(
        from posters: [RGBImage], seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> (tower: PosterTower, embedding: Matrix) {
        precondition(posters.count >= minimumPosters, "the caller checks how many posters there are")
        var dictionaries: [PatchDictionary] = []
        var responses: [Matrix] = []
        for (index, scale) in scales.enumerated() {
            var generator = RandomGenerator(seed: seed, stream: 100 + UInt64(index))
            let grid = PatchGrid(
                side: patchSide, stride: scale.stride, height: scale.height, width: scale.width)
            let scaled = resampled(posters, to: grid, pool: pool)
            let dictionary = try PatchDictionary.learn(
                from: scaled, grid: grid, .init(filterCount: scale.filters),
                stage: "Learning poster filters, scale \(index + 1) of \(scales.count)",
                using: &generator, pool: pool, monitor: monitor)
            responses.append(try dictionary.respond(to: scaled, pool: pool, monitor: monitor))
            dictionaries.append(dictionary)
        }
        return reduce(Matrix(joiningColumns: responses), dictionaries, seed: seed, pool: pool)
    }

    /// posters × dimensions.
    package func embed(_ posters: [RGBImage], pool: ThreadPool, monitor: WorkMonitor = .silent) throws
        -> Matrix
    {
        var pooled = Matrix(
            joiningColumns: try dictionaries.map { dictionary in
                try dictionary.respond(
                    to: Self.resampled(posters, to: dictionary.grid, pool: pool), pool: pool, monitor: monitor
                )
            })
        standardise(&pooled, pool: pool)
        return reduced(pooled, pool: pool)
    }

    private func reduced(_ standardised: Matrix, pool: ThreadPool) -> Matrix {
        matrixProduct(standardised, components, transposingB: true, pool: pool)
    }

    private func standardise(_ pooled: inout Matrix, pool: ThreadPool) {
        pooled.withMutableRows(pool: pool) { _, values in
            for index in values.indices {
                values[index] = (values[index] - mean[index]) * inverseDeviation[index]
            }
        }
    }

    /// Standardises the responses and keeps their principal directions.
    private static func reduce(
        _ pooled: consuming Matrix, _ dictionaries: [PatchDictionary], seed: UInt64, pool: ThreadPool
    ) -> (tower: PosterTower, embedding: Matrix) {
        let mean = pooled.columnMeans
        let inverse = pooled.columnDeviations(around: mean).map { $0 > 1e-6 ? 1 / $0 : 0 }
        let whole = PosterTower(
            dictionaries: dictionaries, mean: mean, inverseDeviation: inverse,
            components: Matrix(rows: 0, columns: mean.count))
        var standardised = consume pooled
        whole.standardise(&standardised, pool: pool)
        let centred = standardised
        var generator = RandomGenerator(seed: seed, stream: 110)
        let decomposition = RandomizedDecomposition(
            rank: maximumComponents, rows: centred.rows, columns: centred.columns, iterations: 1,
            using: &generator,
            pool: pool,
            multiply: { matrixProduct($0, centred, transposingB: true, pool: pool) },
            multiplyTransposed: { matrixProduct($0, centred, pool: pool) })
        let tower = PosterTower(
            dictionaries: dictionaries, mean: mean, inverseDeviation: inverse, components: decomposition.right
        )
        return (tower, tower.reduced(centred, pool: pool))
    }

    private static func resampled(_ posters: [RGBImage], to grid: PatchGrid, pool: ThreadPool) -> [RGBImage] {
        var results = posters
        results.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let results = buffer
            pool.forEachRange(posters.count) { range in
                for row in range {
                    results[row] = posters[row].resampled(width: grid.width, height: grid.height)
                }
            }
        }
        return results
    }
}

extension PatchDictionary {
    /// posters × pooled responses; the posters have the grid's size.
    func respond(to posters: [RGBImage], pool: ThreadPool, monitor: WorkMonitor) throws -> Matrix {
        let width = featureCount
        var result = Matrix(rows: posters.count, columns: width)
        let block = 64 * pool.threads
        for start in stride(from: 0, to: posters.count, by: block) {
            try monitor.report("Reading posters", start, of: posters.count, "posters")
            result.elements.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                nonisolated(unsafe) let out = base + start * width
                pool.forEachRange(min(block, posters.count - start)) { range in
                    var scratch = PatchScratch()
                    for row in range {
                        respond(
                            to: PosterPlane(posters[start + row]), scratch: &scratch, into: out + row * width)
                    }
                }
            }
        }
        return result
    }
}

extension PosterTower {
    package func write(to file: inout TensorFileWriter, as name: String) {
        for (index, dictionary) in dictionaries.enumerated() {
            dictionary.write(to: &file, as: "\(name).dictionary\(index)")
        }
        file.add(name + ".mean", shape: [mean.count], floats: mean)
        file.add(name + ".inverse_deviation", shape: [mean.count], floats: inverseDeviation)
        file.add(name + ".components", matrix: components)
    }

    package init(from file: TensorFile, _ name: String) throws {
        var dictionaries: [PatchDictionary] = []
        while file.contains("\(name).dictionary\(dictionaries.count).grid") {
            dictionaries.append(try PatchDictionary(from: file, "\(name).dictionary\(dictionaries.count)"))
        }
        let width = dictionaries.reduce(0) { $0 + $1.featureCount }
        self.dictionaries = dictionaries
        mean = try file.floats(name + ".mean", shape: [width])
        inverseDeviation = try file.floats(name + ".inverse_deviation", shape: [width])
        components = try file.matrix(name + ".components")
        try file.require(components.columns == width, name, "has components over all responses")
    }
}
