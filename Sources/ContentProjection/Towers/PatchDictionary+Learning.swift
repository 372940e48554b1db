package import Diagnostics
package import FloatKernels

extension PatchDictionary {
    /// How filters are learned; the defaults are those of the measurements in the documentation.
    package struct Learning: Sendable {
        package var filterCount: Int
        package var patchCount = 200_000
        package var rounds = 10
        /// Added to the eigenvalues before whitening, in units of the normalised patches' variance.
        package var whiteningFloor: Float = 0.1

        package init(filterCount: Int) { self.filterCount = filterCount }
    }

    /// Learns whitening and filters from random patches of the posters.
    ///
    /// Same seed and the same number of threads give the same bits: workers sum over fixed ranges, and the sums are
    /// added in order.
    package static func learn(
        from planes: [PosterPlane], grid: PatchGrid, _ learning: Learning, stage: String,
        using generator: inout RandomGenerator, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> PatchDictionary {
        var patches = samplePatches(planes, grid: grid, count: learning.patchCount, using: &generator)
        let mean = patches.columnMeans
        patches.withMutableRows(pool: pool) { _, patch in
            for index in patch.indices { patch[index] -= mean[index] }
        }
        let whitening = zca(patches, floor: learning.whiteningFloor, pool: pool)
        patches = matrixProduct(patches, whitening, pool: pool)
        var filters = patches.selectingRows(
            (0..<learning.filterCount).map { _ in generator.index(below: patches.rows) }
        ).unitRows()
        for round in 1...learning.rounds {
            try monitor.report(stage, round, of: learning.rounds)
            filters = sphericalMeans(of: patches, assignedTo: filters, using: &generator, pool: pool)
        }
        return PatchDictionary(grid: grid, mean: mean, whitening: whitening, filters: filters)
    }

    /// count × valuesPerPatch: normalised patches from random places of random posters.
    private static func samplePatches(
        _ planes: [PosterPlane], grid: PatchGrid, count wanted: Int, using generator: inout RandomGenerator
    ) -> Matrix {
        let count = min(wanted, planes.count * grid.count)
        var patches = Matrix(rows: count, columns: grid.valuesPerPatch)
        patches.elements.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for index in 0..<count {
                let plane = planes[generator.index(below: planes.count)]
                let place = generator.index(below: grid.count)
                plane.values.withUnsafeBufferPointer { pixels in
                    guard let source = pixels.baseAddress else { return }
                    grid.extract(
                        source, row: place / grid.columns, column: place % grid.columns,
                        into: base + index * grid.valuesPerPatch)
                }
            }
        }
        return patches
    }

    /// Zero-phase whitening E (Λ + floor)^−½ Eᵀ of centred patches (Bell & Sejnowski 1997).
    private static func zca(_ patches: Matrix, floor: Float, pool: ThreadPool) -> Matrix {
        var covariance = matrixProduct(patches, patches, transposingA: true, pool: pool)
        for index in covariance.elements.indices { covariance.elements[index] /= Float(max(patches.rows, 1)) }
        let (values, vectors) = symmetricEigen(covariance, pool: pool)
        var scaled = vectors
        for row in 0..<vectors.rows {
            for column in 0..<vectors.columns {
                scaled[row, column] /= (max(values[column], 0) + floor).squareRoot()
            }
        }
        return matrixProduct(scaled, vectors, transposingB: true, pool: pool)
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
                    var best = 0
                    for filter in 1..<filters.rows where abs(row[filter]) > abs(row[best]) { best = filter }
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
