import FloatKernels

/// A convolution, its rectification and its pooling as one step over a batch; `Conv1D` and `Conv2D` share it.
///
/// What a maximum or a mean needs for its way back is left in the trace: the places of the maxima, or the rectified
/// outputs.
struct FusedConvolution: Sendable {
    let convolution: Convolution
    private let rectifies: Bool
    private let pooling: ConvolutionPooling
    private let forward: ConvolutionForward
    private let gradient: ConvolutionGradient

    init(_ convolution: Convolution, _ activation: Activation, _ pooling: ConvolutionPooling) {
        let rectifies = activation == .relu
        precondition(rectifies || pooling != .maximum2x2, "windows are pooled after rectification")
        self.convolution = convolution
        self.rectifies = rectifies
        self.pooling = pooling
        let epilogue: ConvolutionForward.Epilogue =
            pooling == .maximum2x2 ? .rectifiedMaximum : rectifies ? .rectified : .linear
        forward = ConvolutionForward(convolution, epilogue)
        gradient = ConvolutionGradient(convolution)
    }

    /// weights F×kH×kW×C, bias F.
    var parameters: [ParameterDeclaration] {
        [
            ParameterDeclaration(
                "weights",
                shape: [
                    convolution.filters, convolution.kernelHeight, convolution.kernelWidth,
                    convolution.channels,
                ],
                .rectified(fanIn: convolution.patchCount), decays: true),
            ParameterDeclaration("bias", shape: [convolution.filters], .zeros, decays: false),
        ]
    }

    var outputCount: Int {
        switch pooling {
        case .none, .maximum2x2: forward.outputCount
        case .globalMaximum, .globalMean: convolution.filters
        }
    }

    /// Values that a sample leaves for backward.
    var traceCount: Int {
        switch pooling {
        case .none: 0
        case .maximum2x2, .globalMaximum: outputCount
        case .globalMean: convolution.outputCount
        }
    }

    func packedCount(training: Bool) -> Int {
        aligned(forward.packedCount) + (training ? gradient.packedCount : 0)
    }

    func pack(_ parameters: UnsafePointer<Float>, training: Bool, into packed: UnsafeMutablePointer<Float>) {
        forward.pack(parameters, bias: parameters + weightCount, into: packed)
        if training { gradient.pack(parameters, into: packed + aligned(forward.packedCount)) }
    }

    private var weightCount: Int { convolution.patchCount * convolution.filters }
    private var paddedCount: Int { aligned(convolution.paddedCount) }
    private var mapsCount: Int { aligned(pooling == .none ? 0 : convolution.outputCount) }

    /// The padded input, its gradient or the outputs before pooling, and what the kernels want.
    var scratchCount: Int {
        paddedCount + max(paddedCount, mapsCount)
            + max(aligned(convolution.filters) + gradient.scratchCount, forward.scratchCount)
    }

    func forwardBatch(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        for sample in 0..<pass.count {
            let columns = columns(of: sample, pass)
            let source = input + sample * convolution.inputCount, target = output + sample * outputCount
            let trace = pass.trace.map { $0 + sample * traceCount }
            let padded = padded(source, columns: columns?.input, in: pass.scratch)
            run(padded, columns?.output, into: target, trace: trace, pass)
        }
    }

    /// The padded input: a copy, or the input itself.
    private func padded(
        _ input: UnsafePointer<Float>, columns: Int?, in memory: UnsafeMutablePointer<Float>
    ) -> UnsafePointer<Float> {
        guard convolution.needsPadding else { return input }
        convolution.pad(input, columns: columns, into: memory)
        return UnsafePointer(memory)
    }

    private func run(
        _ padded: UnsafePointer<Float>, _ columns: Int?, into output: UnsafeMutablePointer<Float>,
        trace: UnsafeMutablePointer<Float>?,
        _ pass: LayerPass
    ) {
        let maps = pass.scratch + paddedCount
        let scratch = maps + max(paddedCount, mapsCount)
        let positions = columns ?? convolution.outputHeight * convolution.outputWidth
        func convolve(
            into target: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<Int32>? = nil
        ) {
            forward.run(
                padded: padded, packed: pass.packed, columns: columns, scratch: scratch, into: target,
                winners: winners)
        }
        switch pooling {
        case .none:
            convolve(into: output)
            let used = positions * convolution.filters
            (output + used).update(repeating: 0, count: outputCount - used)
        case .maximum2x2:
            convolve(into: output, winners: trace.map { integers($0, outputCount) })
        case .globalMaximum:
            convolve(into: maps)
            GlobalPooling.maximum(
                maps, positions: positions, channels: convolution.filters, rectifies: rectifies,
                into: output, winners: trace.map { integers($0, outputCount) })
        case .globalMean:
            let target = trace ?? maps
            convolve(into: target)
            GlobalPooling.mean.forward(
                target, positions: positions, channels: convolution.filters, into: output)
        }
    }

    func backwardBatch(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        guard let trace = pass.trace else { preconditionFailure("backward without a trace") }
        let copy = pass.scratch, copyGradient = copy + paddedCount
        let means = copyGradient + max(paddedCount, mapsCount)
        for sample in 0..<pass.count {
            let columns = columns(of: sample, pass)
            let inputGradient = inputGradient.map { $0 + sample * convolution.inputCount }
            let isCopied = convolution.needsPadding && inputGradient != nil
            if isCopied { copyGradient.update(repeating: 0, count: convolution.paddedCount) }
            let source = source(
                output + sample * outputCount, outputGradient + sample * outputCount,
                trace + sample * traceCount, positions: columns?.output, means: means)
            gradient.add(
                source, columns: columns?.output,
                padded: padded(input + sample * convolution.inputCount, columns: columns?.input, in: copy),
                packed: pass.packed + aligned(forward.packedCount),
                scratch: means + aligned(convolution.filters), weightGradient: parameterGradient,
                biasGradient: parameterGradient + weightCount,
                paddedGradient: isCopied ? copyGradient : inputGradient)
            if isCopied, let inputGradient {
                convolution.addUnpadded(copyGradient, columns: columns?.input, to: inputGradient)
            }
        }
    }

    private func source(
        _ output: UnsafePointer<Float>, _ outputGradient: UnsafePointer<Float>,
        _ trace: UnsafeMutablePointer<Float>, positions: Int?, means: UnsafeMutablePointer<Float>
    ) -> ConvolutionGradient.Source {
        switch pooling {
        case .none:
            return rectifies ? .rectified(outputGradient, outputs: output) : .outputs(outputGradient)
        case .maximum2x2:
            return .windows(outputGradient, winners: integers(trace, outputCount))
        case .globalMaximum:
            return .maxima(outputGradient, winners: integers(trace, outputCount))
        case .globalMean:
            let positions = positions ?? convolution.outputHeight * convolution.outputWidth
            let share = 1 / Float(max(positions, 1))
            for filter in 0..<convolution.filters { means[filter] = share * outputGradient[filter] }
            return .everywhere(means, outputs: rectifies ? UnsafePointer(trace) : nil)
        }
    }

    /// Of a sequence: how many positions are read and how many outputs they have.
    private func columns(of sample: Int, _ pass: LayerPass) -> (input: Int, output: Int)? {
        guard let lengths = pass.lengths else { return nil }
        let length = Int(lengths[sample])
        return (length, convolution.outputColumns(of: length))
    }

    private func integers(
        _ values: UnsafeMutablePointer<Float>, _ count: Int
    ) -> UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(values).assumingMemoryBound(to: Int32.self)
    }

    /// Rounded up to whole cache lines, so that each part starts as well aligned as the first.
    private func aligned(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
