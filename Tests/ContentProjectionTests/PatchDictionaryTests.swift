import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent
import Testing

@Suite struct PatchDictionaryTests {
    private let pool = ThreadPool(threads: 2)
    private let grid = PatchGrid(side: 4, stride: 2, height: 12, width: 10)

    /// Tiles of 4×4 pixels, each one of two patterns or its negative, with so much noise that no single whitened patch looks like its pattern.
    private func posters(patterns: Matrix, count: Int) -> [RGBImage] {
        var generator = RandomGenerator(seed: 6)
        return (0..<count).map { _ in
            let pattern = generator.index(below: patterns.rows)
            let sign: Float = generator.index(below: 2) == 0 ? 1 : -1
            return RGBImage(
                width: 4, height: 4,
                pixels: patterns.row(pattern).map {
                    let value = 0.5 + 0.3 * sign * $0 + 0.05 * generator.normal()
                    return UInt8((min(max(value, 0), 1) * 255).rounded())
                })
        }
    }

    private func dictionary(keptVariance: Float? = nil) throws -> PatchDictionary {
        var generator = RandomGenerator(seed: 7)
        let posters = (0..<40).map { _ in
            RGBImage(
                width: 10, height: 12, pixels: (0..<360).map { _ in UInt8(generator.index(below: 256)) })
        }
        var learning = PatchDictionary.Learning(filterCount: 9)
        if let keptVariance { learning.keptVariance = keptVariance }
        return try PatchDictionary.learn(
            from: posters, grid: grid, learning, stage: "", using: &generator, pool: pool, monitor: .silent)
    }

    private func patch(of plane: [Float], row: Int, column: Int) -> [Float] {
        var patch = [Float](repeating: 0, count: grid.valuesPerPatch)
        plane.withUnsafeBufferPointer { pixels in
            patch.withUnsafeMutableBufferPointer {
                if let from = pixels.baseAddress, let to = $0.baseAddress {
                    grid.extract(from, row: row, column: column, into: to)
                }
            }
        }
        return patch
    }

    /// Pixels of the 4×4 patch whose corner is there, normalised as the documentation says.
    private func naivePatch(of plane: [Float], top: Int, left: Int) -> [Float] {
        var values: [Float] = []
        for line in top..<top + 4 {
            let start = (line * grid.width + left) * 3
            values += plane[start..<start + 12]
        }
        let mean: Float = values.reduce(0, +) / 48
        let squares: [Float] = values.map { ($0 - mean) * ($0 - mean) }
        let floor: Float = 10 / 255
        let deviation: Float = (squares.reduce(0, +) / 48 + floor * floor).squareRoot()
        return values.map { ($0 - mean) / deviation }
    }

    @Test func patchesLoseBrightnessAndContrast() {
        #expect(grid.rows == 5 && grid.columns == 4)
        let plane = (0..<360).map { Float($0 * 37 % 101) / 202 }
        let found = patch(of: plane, row: 2, column: 1)
        for (a, b) in zip(found, naivePatch(of: plane, top: 4, left: 2)) { #expect(abs(a - b) < 1e-4) }
        let bright = patch(of: plane.map { $0 + 0.4 }, row: 2, column: 1)
        for (a, b) in zip(found, bright) { #expect(abs(a - b) < 1e-4) }
    }

    @Test func plantedPatternsAreFound() throws {
        var patterns = Matrix(rows: 2, columns: 48)
        for pixel in 0..<16 {
            for channel in 0..<3 {
                patterns[0, pixel * 3 + channel] = pixel % 4 < 2 ? 1 : -1
                patterns[1, pixel * 3 + channel] = pixel / 4 < 2 ? 1 : -1
            }
        }
        var generator = RandomGenerator(seed: 8)
        let square = PatchGrid(side: 4, stride: 1, height: 4, width: 4)
        var learning = PatchDictionary.Learning(filterCount: 4)
        learning.patchCount = 4_000
        let dictionary = try PatchDictionary.learn(
            from: posters(patterns: patterns, count: 4_000), grid: square, learning, stage: "",
            using: &generator,
            pool: pool, monitor: .silent)
        for pattern in 0..<2 {
            let white = Matrix(rows: 1, columns: 48, elements: patterns.row(pattern))
                .naiveProduct(dictionary.whitening.transposed)
            let length = white.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let along = white.naiveProduct(dictionary.filters.transposed)
            let best = along.elements.map { abs($0) / length }.max()
            #expect((best ?? 0) > 0.9)
        }
    }

    @Test func responsesAreThoseOfTheDefinition() throws {
        let dictionary = try dictionary()
        let plane = PosterPlane(
            height: 12, width: 10, values: (0..<360).map { Float($0 * 53 % 97) / 97 })
        var features = [Float](repeating: -7, count: dictionary.featureCount + 1)
        var scratch = PatchScratch()
        features.withUnsafeMutableBufferPointer {
            if let start = $0.baseAddress { dictionary.respond(to: plane, scratch: &scratch, into: start) }
        }
        let naive = naiveResponses(dictionary, plane).responses
        for (a, b) in zip(features, naive) { #expect(abs(a - b) < 1e-4) }
        #expect(features.last == -7, "nothing is written beyond the features")
    }

    /// What is left out of whitened space moves a distance by no more than its own length, and so a response too.
    @Test func directionsLeftOutMoveResponsesByLessThanTheirLength() throws {
        let (short, whole) = (try dictionary(), try dictionary(keptVariance: 1))
        // Normalised patches have no mean: there are 47 directions.
        let (rank, size) = (short.whitening.rows, whole.whitening.rows)
        try #require(rank < size && size >= 47)
        #expect(short.whitening == whole.whitening.selectingRows(Array(0..<rank)))
        var filters = Matrix(rows: 9, columns: size)
        for filter in 0..<9 {
            for value in 0..<rank { filters[filter, value] = short.filters[filter, value] }
        }
        let exact = PatchDictionary(
            grid: grid, mean: whole.mean, whitening: whole.whitening, filters: filters)
        let plane = PosterPlane(
            height: 12, width: 10, values: (0..<360).map { Float($0 * 53 % 97) / 97 })
        let (expected, leftOut) = naiveResponses(exact, plane, rank: rank)
        let found = naiveResponses(short, plane).responses
        for index in found.indices {
            // Rounding of a distance: the 48 products behind it.
            #expect(abs(found[index] - expected[index]) <= leftOut[index / 9] + 1e-4)
        }
        #expect(found != expected)
    }

    /// By the definition; also, for every cell, the mean length of what stands beyond `rank` in whitened space.
    private func naiveResponses(
        _ dictionary: PatchDictionary, _ plane: PosterPlane, rank: Int = 48
    ) -> (responses: [Float], leftOut: [Float]) {
        let (filters, size) = (dictionary.filters.rows, dictionary.whitening.rows)
        var sums = [Float](repeating: 0, count: 6 * filters)
        var (counts, leftOut) = ([Float](repeating: 0, count: 6), [Float](repeating: 0, count: 6))
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let patch = patch(of: plane.values, row: row, column: column)
                let centred = Matrix(rows: 1, columns: 48, elements: zip(patch, dictionary.mean).map(-))
                let white = centred.naiveProduct(dictionary.whitening.transposed)
                let distances = (0..<filters).map { filter in
                    (0..<size).reduce(Float(0)) {
                        let difference = white[0, $1] - dictionary.filters[filter, $1]
                        return $0 + difference * difference
                    }.squareRoot()
                }
                let mean = distances.reduce(0, +) / Float(filters)
                let cell = row * 3 / grid.rows * 2 + column * 2 / grid.columns
                counts[cell] += 1
                leftOut[cell] += white.elements.dropFirst(rank).reduce(0) { $0 + $1 * $1 }.squareRoot()
                for filter in 0..<filters {
                    sums[cell * filters + filter] += max(0, mean - distances[filter])
                }
            }
        }
        return (sums.indices.map { sums[$0] / counts[$0 / filters] }, zip(leftOut, counts).map(/))
    }
}
