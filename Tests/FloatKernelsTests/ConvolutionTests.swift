import FloatKernels
import Testing

/// A convolution with random inputs, and its naive twins in double precision.
private struct Trial {
    let shape: Convolution
    let input: [Float], weights: [Float], bias: [Float]

    init(_ shape: Convolution, seed: UInt64 = 1) {
        var random = RandomMatrices(seed: seed)
        self.shape = shape
        input = random.vector(shape.inputCount)
        weights = random.vector(shape.patchCount * shape.filters)
        bias = random.vector(shape.filters)
    }

    init(_ shape: Convolution, input: [Float], weights: [Float], bias: [Float]) {
        (self.shape, self.input, self.weights, self.bias) = (shape, input, weights, bias)
    }

    /// Whether a pixel of the padded picture lies in the picture, and where its values start.
    private func place(_ y: Int, _ x: Int) -> Int? {
        let (row, column) = (y - shape.paddingY, x - shape.paddingX)
        guard 0..<shape.height ~= row && 0..<shape.width ~= column else { return nil }
        return (row * shape.width + column) * shape.channels
    }

    /// Calls `body` with output pixel, filter, and the places in input and weights of every product.
    func forEachProduct(_ body: (_ pixel: Int, _ filter: Int, _ input: Int, _ weight: Int) -> Void) {
        for y in 0..<shape.outputHeight {
            for x in 0..<shape.outputWidth {
                for ky in 0..<shape.kernelHeight {
                    for kx in 0..<shape.kernelWidth {
                        guard let start = place(y * shape.stride + ky, x * shape.stride + kx) else {
                            continue
                        }
                        for filter in 0..<shape.filters {
                            let weight =
                                ((filter * shape.kernelHeight + ky) * shape.kernelWidth + kx) * shape.channels
                            for channel in 0..<shape.channels {
                                body(y * shape.outputWidth + x, filter, start + channel, weight + channel)
                            }
                        }
                    }
                }
            }
        }
    }

    /// outH×outW×F before any epilogue.
    var outputs: [Double] {
        var sums = (0..<shape.outputCount).map { Double(bias[$0 % shape.filters]) }
        forEachProduct { pixel, filter, i, w in
            sums[pixel * shape.filters + filter] += Double(input[i]) * Double(weights[w])
        }
        return sums
    }

    /// How far an output of any way of convolution may be off: the documented bound for the largest inputs everywhere.
    var tolerance: Double {
        let largest = Double(input.map(abs).max() ?? 0)
        let sums = (0..<shape.filters).map { filter in
            (0..<shape.patchCount).reduce(0) { $0 + Double(abs(weights[filter * shape.patchCount + $1])) }
        }
        return gamma(shape.patchCount + 12) * largest * (sums.max() ?? 0)
    }

    /// Runs the kernel between sentinels; the winners too where wanted.
    func run(
        _ epilogue: ConvolutionForward.Epilogue, columns: Int? = nil
    ) -> (values: [Float], winners: [Int32], isIntact: Bool) {
        let forward = ConvolutionForward(shape, epilogue)
        let padded = GuardedBuffer([Float](repeating: .nan, count: shape.paddedCount))
        let packed = GuardedBuffer([Float](repeating: .nan, count: forward.packedCount))
        let scratch = GuardedBuffer([Float](repeating: .nan, count: forward.scratchCount))
        let output = GuardedBuffer([Float](repeating: 77, count: forward.outputCount))
        var winners = [Int32](repeating: -2, count: forward.outputCount + 1)
        shape.pad(input, into: padded.base)
        forward.pack(weights, bias: bias, into: packed.base)
        let wanted = epilogue == .rectifiedMaximum
        winners.withUnsafeMutableBufferPointer {
            forward.run(
                padded: padded.base, packed: packed.base, columns: columns, scratch: scratch.base,
                into: output.base, winners: wanted ? $0.baseAddress : nil)
        }
        let isIntact =
            padded.isIntact && packed.isIntact && scratch.isIntact && output.isIntact && winners.last == -2
        return (output.values, winners.dropLast(), isIntact)
    }
}

/// Shapes for every way of convolution: direct, Winograd's in the plane and along a sequence; extents and filters that
/// are no multiples of anything.
private let shapes = [
    Convolution(
        height: 6, width: 5, channels: 3, filters: 16, kernelHeight: 3, kernelWidth: 3, paddingY: 1,
        paddingX: 1),
    Convolution(
        height: 9, width: 13, channels: 3, filters: 5, kernelHeight: 3, kernelWidth: 3, paddingY: 1,
        paddingX: 1),
    Convolution(height: 7, width: 11, channels: 2, filters: 33, kernelHeight: 5, kernelWidth: 2, stride: 2),
    Convolution(
        height: 8, width: 10, channels: 16, filters: 32, kernelHeight: 3, kernelWidth: 3, paddingY: 1,
        paddingX: 1),
    Convolution(
        height: 17, width: 31, channels: 24, filters: 7, kernelHeight: 3, kernelWidth: 3, paddingY: 1,
        paddingX: 1),
    Convolution(height: 5, width: 4, channels: 40, filters: 19, kernelHeight: 3, kernelWidth: 3),
    Convolution(
        height: 24, width: 16, channels: 32, filters: 64, kernelHeight: 3, kernelWidth: 3, paddingY: 1,
        paddingX: 1),
    Convolution(height: 1, width: 20, channels: 16, filters: 16, kernelHeight: 1, kernelWidth: 3),
    Convolution(
        height: 1, width: 41, channels: 40, filters: 21, kernelHeight: 1, kernelWidth: 4, paddingX: 1),
    Convolution(height: 1, width: 128, channels: 64, filters: 64, kernelHeight: 1, kernelWidth: 5),
    Convolution(height: 1, width: 99, channels: 24, filters: 3, kernelHeight: 1, kernelWidth: 5, paddingX: 2),
    Convolution(height: 1, width: 12, channels: 16, filters: 16, kernelHeight: 1, kernelWidth: 3),
    Convolution(height: 1, width: 30, channels: 5, filters: 9, kernelHeight: 1, kernelWidth: 4),
]

@Suite struct ConvolutionTests {
    @Test(arguments: shapes.indices)
    func outputsAreTheTwins(_ index: Int) {
        let trial = Trial(shapes[index])
        let twin = trial.outputs
        for epilogue in [ConvolutionForward.Epilogue.linear, .rectified] {
            let (values, _, isIntact) = trial.run(epilogue)
            #expect(isIntact)
            let worst = zip(values, twin).map { abs(Double($0) - (epilogue == .linear ? $1 : max($1, 0))) }
                .max()
            #expect(worst ?? .infinity <= trial.tolerance)
        }
    }

    @Test(arguments: shapes.indices.filter { shapes[$0].height > 1 })
    func maximaOfWindowsAreTheTwins(_ index: Int) {
        let trial = Trial(shapes[index], seed: 2)
        let (twin, filters) = (trial.outputs, trial.shape.filters)
        let (rows, columns) = (trial.shape.outputHeight / 2, trial.shape.outputWidth / 2)
        let (values, winners, isIntact) = trial.run(.rectifiedMaximum)
        #expect(isIntact && values.count == rows * columns * filters)
        for place in values.indices {
            let (cell, filter) = place.quotientAndRemainder(dividingBy: filters)
            let pixels = [0, 1, trial.shape.outputWidth, trial.shape.outputWidth + 1].map {
                twin[
                    (cell / columns * 2 * trial.shape.outputWidth + cell % columns * 2 + $0) * filters
                        + filter]
            }
            let largest = max(pixels.max() ?? 0, 0)
            #expect(abs(Double(values[place]) - largest) <= trial.tolerance)
            // The winner is a largest pixel, but for rounding; and there is none where all are rectified.
            #expect((winners[place] == -1) == (values[place] == 0))
            if winners[place] >= 0 {
                #expect(abs(pixels[Int(winners[place])] - largest) <= 2 * trial.tolerance)
            }
        }
    }

    /// Of a sequence only the columns asked for are written.
    @Test(arguments: shapes.indices.filter { shapes[$0].height == 1 })
    func columnsOfSequences(_ index: Int) {
        let trial = Trial(shapes[index], seed: 3)
        let twin = trial.outputs
        for columns in Set([0, 1, 2, 3, 5, 7, trial.shape.outputWidth])
        where columns <= trial.shape.outputWidth {
            let (values, _, isIntact) = trial.run(.linear, columns: columns)
            #expect(isIntact)
            let used = columns * trial.shape.filters
            #expect(zip(values, twin).prefix(used).allSatisfy { abs(Double($0) - $1) <= trial.tolerance })
            #expect(values.dropFirst(used).allSatisfy { $0 == 77 })
        }
    }

    /// Inputs and weights of small whole numbers: what is exact in every step is exact in the end. Points with fractions
    /// divide by 90 at most.
    @Test(arguments: shapes.indices)
    func denormalsAreKept(_ index: Int) {
        let trial = Trial(shapes[index], seed: 4)
        let tiny = Trial(
            trial.shape, input: trial.input.map { $0 * 0x1p-140 }, weights: trial.weights,
            bias: trial.bias.map { _ in 0 })
        let twin = tiny.outputs
        let (values, _, isIntact) = tiny.run(.linear)
        #expect(isIntact && values.contains { $0 != 0 })
        // Each product is off by half the smallest number, times what the transforms make of it.
        let tolerance = 64 * Double(trial.shape.patchCount) * 0x1p-149
        #expect(zip(values, twin).allSatisfy { abs(Double($0) - $1) <= tolerance })
    }

    /// A number that is none is seen in every output that has it in its patch, and in none far from it.
    @Test(arguments: shapes.indices)
    func whatIsNotFiniteStaysNear(_ index: Int) {
        let clean = Trial(shapes[index], seed: 5)
        for special in [Float.nan, .infinity, -.infinity] {
            var input = clean.input
            let place = input.count / 2
            input[place] = special
            let trial = Trial(clean.shape, input: input, weights: clean.weights, bias: clean.bias)
            var touched = Set<Int>()
            trial.forEachProduct { pixel, _, i, _ in if i == place { touched.insert(pixel) } }
            let (values, _, isIntact) = trial.run(.linear)
            #expect(isIntact)
            let (width, filters) = (trial.shape.outputWidth, trial.shape.filters)
            for pixel in 0..<values.count / filters {
                let own = values[pixel * filters..<(pixel + 1) * filters]
                if touched.contains(pixel) { #expect(own.allSatisfy { !$0.isFinite }) }
                // Ways with tiles touch their whole tile.
                let isNear = touched.contains {
                    abs($0 / width - pixel / width) < 6 && abs($0 % width - pixel % width) < 6
                }
                if !isNear { #expect(own.allSatisfy { $0.isFinite }) }
            }
        }
    }

    /// Every source of gradients against the sums over the twin's products.
    @Test(arguments: shapes.indices)
    func gradientsAreTheTwins(_ index: Int) {
        let trial = Trial(shapes[index], seed: 6)
        let (shape, filters) = (trial.shape, trial.shape.filters)
        var random = RandomMatrices(seed: 7)
        let dense = random.vector(shape.outputCount), outputs = random.vector(shape.outputCount)
        let ofFilter = random.vector(filters)
        let places = (0..<filters).map { Int32($0 * 7 % (shape.outputHeight * shape.outputWidth + 1) - 1) }
        let cells = shape.outputHeight / 2 * (shape.outputWidth / 2)
        let pixels = (0..<cells * filters).map { Int32($0 * 3 % 5 - 1) }
        var (maxima, windows) = (outputs.map { _ in Float(0) }, outputs.map { _ in Float(0) })
        for (filter, place) in places.enumerated() where place >= 0 {
            maxima[Int(place) * filters + filter] = ofFilter[filter]
        }
        for (place, pixel) in pixels.enumerated() where pixel >= 0 {
            let (cell, filter) = place.quotientAndRemainder(dividingBy: filters)
            let y = cell / (shape.outputWidth / 2) * 2 + Int(pixel) / 2
            let x = cell % (shape.outputWidth / 2) * 2 + Int(pixel) % 2
            windows[(y * shape.outputWidth + x) * filters + filter] = dense[place]
        }
        let (d, o, f) = (GuardedBuffer(dense), GuardedBuffer(outputs), GuardedBuffer(ofFilter))
        trial.checkGradients(.outputs(d.base), dense)
        trial.checkGradients(
            .rectified(d.base, outputs: o.base), zip(dense, outputs).map { $1 > 0 ? $0 : 0 })
        trial.checkGradients(
            .everywhere(f.base, outputs: o.base),
            outputs.indices.map { outputs[$0] > 0 ? ofFilter[$0 % filters] : 0 })
        trial.checkGradients(
            .everywhere(f.base, outputs: nil), outputs.indices.map { ofFilter[$0 % filters] })
        places.withUnsafeBufferPointer {
            guard let places = $0.baseAddress else { return }
            trial.checkGradients(.maxima(f.base, winners: places), maxima)
        }
        pixels.withUnsafeBufferPointer {
            guard let pixels = $0.baseAddress, cells > 0 else { return }
            trial.checkGradients(.windows(d.base, winners: pixels), windows)
        }
        withExtendedLifetime((d, o, f)) {}
    }

    @Test(arguments: [0, 1, 2, 19], [1, 8, 13])
    func globalMaxima(positions: Int, channels: Int) {
        var random = RandomMatrices(seed: UInt64(positions * channels))
        var input = random.vector(positions * channels + 1)
        // Equal maxima: the first wins.
        if positions > 3 { (input[0], input[channels]) = (9, 9) }
        for rectifies in [false, true] {
            let output = GuardedBuffer([Float](repeating: 77, count: channels))
            var winners = [Int32](repeating: -2, count: channels)
            GlobalPooling.maximum(
                input, positions: positions, channels: channels, rectifies: rectifies, into: output.base,
                winners: &winners)
            #expect(output.isIntact)
            for channel in 0..<channels {
                let values = (0..<positions).map { input[$0 * channels + channel] }
                let largest = values.max() ?? 0
                let isNone = positions == 0 || rectifies && largest <= 0
                #expect(output.values[channel] == (isNone ? 0 : largest))
                #expect(winners[channel] == (isNone ? -1 : Int32(values.firstIndex(of: largest) ?? -3)))
            }
        }
    }
}

extension Trial {
    /// Adds the gradients of `source`, which is that of the sums in `dense`, to ones between sentinels.
    func checkGradients(
        _ source: ConvolutionGradient.Source, _ dense: [Float],
        _ location: SourceLocation = #_sourceLocation
    ) {
        var ofWeights = Sums(count: weights.count), ofInput = Sums(count: input.count)
        var ofBias = Sums(count: shape.filters)
        forEachProduct { pixel, filter, i, w in
            let gradient = Double(dense[pixel * shape.filters + filter])
            ofWeights.add(gradient * Double(input[i]), at: w)
            ofInput.add(gradient * Double(weights[w]), at: i)
        }
        for (place, gradient) in dense.enumerated() {
            ofBias.add(Double(gradient), at: place % shape.filters)
        }
        let kernel = ConvolutionGradient(shape)
        let padded = GuardedBuffer([Float](repeating: 0, count: shape.paddedCount))
        let packed = GuardedBuffer([Float](repeating: .nan, count: kernel.packedCount))
        let weightGradient = GuardedBuffer([Float](repeating: 1, count: weights.count))
        let biasGradient = GuardedBuffer([Float](repeating: 1, count: shape.filters))
        let paddedGradient = GuardedBuffer([Float](repeating: 0, count: shape.paddedCount))
        let inputGradient = GuardedBuffer([Float](repeating: 1, count: input.count))
        let scratch = UnsafeMutablePointer<Int>.allocate(capacity: kernel.scratchCount)
        defer { scratch.deallocate() }
        shape.pad(input, into: padded.base)
        kernel.pack(weights, into: packed.base)
        kernel.add(
            source, padded: padded.base, packed: packed.base,
            scratch: UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: Float.self),
            weightGradient: weightGradient.base, biasGradient: biasGradient.base,
            paddedGradient: paddedGradient.base)
        shape.addUnpadded(paddedGradient.base, to: inputGradient.base)
        let buffers = [padded, packed, weightGradient, biasGradient, paddedGradient, inputGradient]
        #expect(buffers.allSatisfy { $0.isIntact }, sourceLocation: location)
        for (buffer, sums) in [(weightGradient, ofWeights), (biasGradient, ofBias), (inputGradient, ofInput)]
        {
            #expect(sums.explain(buffer.values), sourceLocation: location)
        }
    }
}

/// Sums that start at one, in double precision, and what bounds their error in single precision.
private struct Sums {
    private var values: [Double], magnitudes: [Double], terms: [Int]

    init(count: Int) {
        values = [Double](repeating: 1, count: count)
        magnitudes = values
        terms = [Int](repeating: 1, count: count)
    }

    mutating func add(_ term: Double, at place: Int) {
        values[place] += term
        magnitudes[place] += abs(term)
        terms[place] += term == 0 ? 0 : 1
    }

    /// Whether others differ by no more than rounding explains.
    func explain(_ others: [Float]) -> Bool {
        others.count == values.count
            && others.indices.allSatisfy {
                abs(Double(others[$0]) - values[$0]) <= gamma(terms[$0] + 2) * magnitudes[$0]
            }
    }
}
