extension Workspace {
    /// Computes every value of the first `count` samples.
    ///
    /// - Parameter dropout: the training step and the place of the first sample in the batch, for any layer; nil for inference.
    func forward(_ count: Int, _ packed: PackedParameters, dropout: DropoutKey? = nil) {
        let parameters = packed.parameters
        for (index, node) in network.nodes.enumerated() {
            let output = start(of: index, in: values)
            switch node.operation {
            case .input: break
            case .embedding(let embedding, let input, let tokenOffset):
                embedding.forward(
                    tokenStart(tokenOffset), lengths: lengthStart(input.index), count: count,
                    weights: parameters + node.parameterStart, into: output)
            case .layer(let layer, let source):
                layer.forward(
                    start(of: source, in: values), into: output,
                    pass(index, source, count, packed, dropout))
            case .concatenation(let parts):
                for (part, source) in parts {
                    part.forward(start(of: source, in: values), samples: count, into: output)
                }
            case .gate(let gate, let source, let input):
                gate.forward(
                    start(of: source, in: values), presence: presenceStart(input), samples: count,
                    into: output)
            }
        }
    }

    /// Adds ∂loss/∂parameters to `parameterGradient`, from ∂loss/∂output, which lies at the output's gradients.
    func backward(
        _ count: Int, _ packed: PackedParameters, parameterGradient: UnsafeMutablePointer<Float>,
        dropout: DropoutKey? = nil
    ) {
        for index in network.nodes.indices.reversed() where network.nodes[index].wantsGradient {
            let node = network.nodes[index]
            let outputGradient = start(of: index, in: gradients)
            switch node.operation {
            case .input: break
            case .embedding(let embedding, let input, let tokenOffset):
                embedding.backward(
                    tokenStart(tokenOffset), lengths: lengthStart(input.index), count: count,
                    outputGradient: outputGradient, weightGradient: parameterGradient + node.parameterStart)
            case .layer(let layer, let source):
                layer.backward(
                    start(of: source, in: values), output: start(of: index, in: values),
                    outputGradient: outputGradient, addingTo: gradientStart(source),
                    parameterGradient: parameterGradient + node.parameterStart,
                    pass(index, source, count, packed, dropout))
            case .concatenation(let parts):
                for (part, source) in parts {
                    guard let inputGradient = gradientStart(source) else { continue }
                    part.backward(outputGradient: outputGradient, samples: count, addingTo: inputGradient)
                }
            case .gate(let gate, let source, let input):
                guard let inputGradient = gradientStart(source) else { continue }
                gate.backward(
                    outputGradient: outputGradient, presence: presenceStart(input), samples: count,
                    addingTo: inputGradient)
            }
        }
    }

    /// Sets the gradients of all values to zero, as `backward` wants them before the loss writes the output's.
    func clearGradients() { gradients.start.update(repeating: 0, count: gradients.count) }

    private func gradientStart(_ node: Int) -> UnsafeMutablePointer<Float>? {
        network.nodes[node].wantsGradient ? start(of: node, in: gradients) : nil
    }

    private func pass(
        _ index: Int, _ source: Int, _ count: Int, _ packed: PackedParameters, _ dropout: DropoutKey?
    ) -> LayerPass {
        var key = dropout
        key?.layer = index
        let node = network.nodes[index]
        return LayerPass(
            count: count, parameters: packed.parameters + node.parameterStart,
            packed: packed.packed(of: index), scratch: scratch.start,
            trace: isForTraining ? traces.start + node.traceOffset * capacity : nil,
            lengths: network.nodes[source].sequence.map(lengthStart), dropout: key)
    }

    private func tokenStart(_ offset: Int) -> UnsafePointer<Int32> {
        UnsafePointer(tokens.start + offset * capacity)
    }

    private func lengthStart(_ input: Int) -> UnsafePointer<Int32> {
        UnsafePointer(lengths.start + input * capacity)
    }

    private func presenceStart(_ input: Int) -> UnsafePointer<Float> {
        UnsafePointer(presence.start + input * capacity)
    }
}
