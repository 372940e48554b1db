package import Diagnostics
package import FloatKernels
package import ItemContent

extension PatchDictionary {
    /// How filters are learned; the defaults are those of the measurements in the documentation.
    package struct Learning: Sendable {
        package var filterCount: Int
        package var patchCount = 50_000
        package var rounds = 6
        /// Added to the eigenvalues before whitening, in units of the normalised patches' variance.
        package var whiteningFloor: Float = 0.1
        /// Share of the whitened patches' variance that is kept; the rest is in directions of little contrast.
        package var keptVariance: Float = 0.85

        package init(filterCount: Int) { self.filterCount = filterCount }
    }

    /// Learns whitening and filters from random patches of the posters.
    ///
    /// Same seed and the same number of threads give the same bits: workers sum over fixed ranges, and the sums are
    /// added in order.
    package static func learn(
        from posters: [RGBImage], grid: PatchGrid, _ learning: Learning, stage: String,
        using generator: inout RandomGenerator, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> PatchDictionary {
        try monitor.report(stage, 0, of: learning.rounds, "rounds")
        var patches = samplePatches(
            posters, grid: grid, count: learning.patchCount, using: &generator, pool: pool)
        let mean = patches.columnMeans
        patches.withMutableRows(pool: pool) { _, patch in
            for index in patch.indices { patch[index] -= mean[index] }
        }
        let whitening = whitening(of: patches, learning, pool: pool)
        patches = matrixProduct(patches, whitening, transposingB: true, pool: pool)
        var filters = patches.selectingRows(
            (0..<learning.filterCount).map { _ in generator.index(below: patches.rows) }
        ).unitRows()
        for round in 1...learning.rounds {
            try monitor.report(stage, round, of: learning.rounds, "rounds")
            filters = sphericalMeans(of: patches, assignedTo: filters, using: &generator, pool: pool)
        }
        return PatchDictionary(grid: grid, mean: mean, whitening: whitening, filters: filters)
    }

    /// count × valuesPerPatch: normalised patches from random places of random posters.
    private static func samplePatches(
        _ posters: [RGBImage], grid: PatchGrid, count wanted: Int, using generator: inout RandomGenerator,
        pool: ThreadPool
    ) -> Matrix {
        let count = min(wanted, posters.count * grid.count)
        // Drawn in turn, then gathered by poster, so that a poster is turned into floats once.
        var places = [[(row: Int, place: Int)]](repeating: [], count: posters.count)
        for row in 0..<count {
            places[generator.index(below: posters.count)].append((row, generator.index(below: grid.count)))
        }
        var patches = Matrix(rows: count, columns: grid.valuesPerPatch)
        patches.elements.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            // Every row is written by the one worker that has its poster.
            nonisolated(unsafe) let first = base
            pool.forEachRange(posters.count) { range in
                for poster in range where !places[poster].isEmpty {
                    let plane = PosterPlane(posters[poster])
                    plane.values.withUnsafeBufferPointer { pixels in
                        guard let source = pixels.baseAddress else { return }
                        for (row, place) in places[poster] {
                            grid.extract(
                                source, row: place / grid.columns, column: place % grid.columns,
                                into: first + row * grid.valuesPerPatch)
                        }
                    }
                }
            }
        }
        return patches
    }

    /// (Λ + floor)^−½ Eᵀ of centred patches, without the directions in which they hardly differ.
    private static func whitening(of patches: Matrix, _ learning: Learning, pool: ThreadPool) -> Matrix {
        var covariance = matrixProduct(patches, patches, transposingA: true, pool: pool)
        for index in covariance.elements.indices { covariance.elements[index] /= Float(max(patches.rows, 1)) }
        let (values, vectors) = symmetricEigen(covariance, pool: pool)
        let rank = leadingCount(
            of: values.map { max($0, 0) / (max($0, 0) + learning.whiteningFloor) },
            share: learning.keptVariance)
        var scaled = vectors.transposed.selectingRows(Array(0..<rank))
        for row in 0..<rank {
            let factor = 1 / (max(values[row], 0) + learning.whiteningFloor).squareRoot()
            for column in 0..<scaled.columns { scaled[row, column] *= factor }
        }
        return scaled
    }

    /// How many of the leading parts make up a share of their sum.
    private static func leadingCount(of parts: [Float], share: Float) -> Int {
        let wanted = parts.reduce(0, +) * share
        var sum: Float = 0
        return 1
            + (parts.firstIndex { part in
                sum += part; return sum >= wanted
            } ?? parts.count - 1)
    }

    /// One round of spherical k-means: assign by the largest |x · k|, sum with the sign, scale to unit length.
    ///
    /// A filter that nobody chose starts again from a random patch.
    private static func sphericalMeans(
        of patches: Matrix, assignedTo filters: Matrix, using generator: inout RandomGenerator,
        pool: ThreadPool
    ) -> Matrix {
        let (size, filterCount) = (patches.columns, filters.rows)
        let workers = pool.threads
        var partial = Matrix(rows: workers, columns: filterCount * size)
        patches.elements.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            nonisolated(unsafe) let first = base
            partial.withMutableRows(pool: pool) { worker, sums in
                guard let target = sums.baseAddress else { return }
                let range = (worker * patches.rows / workers)..<((worker + 1) * patches.rows / workers)
                addSignedPatches(first, range, of: filters, into: target)
            }
        }
        var sums = Matrix(rows: filterCount, columns: size)
        for worker in 0..<workers {
            for index in sums.elements.indices {
                sums.elements[index] += partial.elements[worker * filterCount * size + index]
            }
        }
        for (filter, length) in sums.squaredRowLengths.enumerated() where length == 0 {
            let replacement = patches.row(generator.index(below: patches.rows))
            sums.elements.replaceSubrange((filter * size)..<((filter + 1) * size), with: replacement)
        }
        return sums.unitRows()
    }

    /// Adds every patch of the range, with its sign, to the row of the filter it is nearest to.
    private static func addSignedPatches(
        _ patches: UnsafePointer<Float>, _ range: Range<Int>, of filters: Matrix,
        into sums: UnsafeMutablePointer<Float>
    ) {
        let size = filters.columns
        let block = 512
        var products = [Float](repeating: 0, count: block * filters.rows)
        products.withUnsafeMutableBufferPointer { buffer in
            guard let products = buffer.baseAddress else { return }
            for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
                let count = min(block, range.upperBound - start)
                filters.multiply(patches + start * size, rows: count, into: products)
                for index in 0..<count {
                    let row = products + index * filters.rows
                    let best = indexOfLargestMagnitude(row, count: filters.rows)
                    addScaled(
                        patches + (start + index) * size, by: row[best] < 0 ? -1 : 1, to: sums + best * size,
                        count: size)
                }
            }
        }
    }
}

extension Matrix {
    /// Rows scaled to unit length; a zero row stays zero.
    func unitRows() -> Matrix {
        var result = self
        for (row, length) in squaredRowLengths.enumerated() where length > 0 {
            let factor = 1 / length.squareRoot()
            for column in 0..<columns { result.elements[row * columns + column] *= factor }
        }
        return result
    }
}

/// The index of the value farthest from zero, the first of equals; `count` is at least 1.
private func indexOfLargestMagnitude(_ values: UnsafePointer<Float>, count: Int) -> Int {
    var best = SIMD8<Float>.zero
    let vectors = count & ~7
    for start in stride(from: 0, to: vectors, by: 8) {
        let here = UnsafeRawPointer(values + start).loadUnaligned(as: SIMD8<Float>.self)
        let magnitude = here.replacing(with: -here, where: here .< 0)
        best.replace(with: magnitude, where: magnitude .> best)
    }
    var largest = best.max()
    for index in vectors..<count { largest = max(largest, abs(values[index])) }
    for index in 0..<count where abs(values[index]) >= largest { return index }
    return 0
}
