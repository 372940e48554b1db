import FloatKernels

/// The products of a convolution over a batch; `Conv1D` and `Conv2D` share them.
extension Convolution {
    /// weights kH×kW×C×F, bias F.
    var parameterDeclarations: [ParameterDeclaration] {
        [
            ParameterDeclaration(
                "weights", shape: [kernelHeight, kernelWidth, channels, filters],
                .rectified(fanIn: patchCount),
                decays: true),
            ParameterDeclaration("bias", shape: [filters], .zeros, decays: false),
        ]
    }

    private var weightCount: Int { patchCount * filters }
    private var patchesCount: Int { outputWidth * patchCount }

    /// Backward holds the padded input, its gradient, a row's patches and the transposed weights.
    var batchScratchCount: Int { 2 * paddedCount + patchesCount + weightCount }

    /// Of a sequence only the first `lengths` positions are read; the output beyond them is zero.
    func forwardBatch(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        for sample in 0..<pass.count {
            let used = convolution(of: sample, pass)
            let target = output + sample * outputCount
            (target + used.outputCount).update(repeating: 0, count: outputCount - used.outputCount)
            used.padAfresh(input + sample * inputCount, into: pass.scratch)
            used.forward(
                padded: pass.scratch, weights: pass.parameters, bias: pass.parameters + weightCount,
                into: target)
        }
    }

    func backwardBatch(
        _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        let padded = pass.scratch, paddedGradient = padded + paddedCount
        let patches = paddedGradient + paddedCount, transposedWeights = patches + patchesCount
        if inputGradient != nil { transpose(pass.parameters, into: transposedWeights) }
        for sample in 0..<pass.count {
            let used = convolution(of: sample, pass)
            let gradient = outputGradient + sample * outputCount
            used.padAfresh(input + sample * inputCount, into: padded)
            used.addWeightGradient(padded: padded, outputGradient: gradient, to: parameterGradient)
            used.addBiasGradient(outputGradient: gradient, to: parameterGradient + weightCount)
            guard let inputGradient else { continue }
            paddedGradient.update(repeating: 0, count: used.paddedCount)
            used.addInputGradient(
                outputGradient: gradient, transposedWeights: transposedWeights, patches: patches,
                to: paddedGradient)
            used.addUnpadded(paddedGradient, to: inputGradient + sample * inputCount)
        }
    }

    private func convolution(of sample: Int, _ pass: LayerPass) -> Convolution {
        pass.lengths.map { narrowed(to: Int($0[sample])) } ?? self
    }

    private func padAfresh(_ input: UnsafePointer<Float>, into padded: UnsafeMutablePointer<Float>) {
        padded.update(repeating: 0, count: paddedCount)
        pad(input, into: padded)
    }

    /// patchCount×F to F×patchCount.
    private func transpose(_ weights: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
        for element in 0..<patchCount {
            for filter in 0..<filters {
                target[filter * patchCount + element] = weights[element * filters + filter]
            }
        }
    }
}
