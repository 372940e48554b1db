/// Puts a network together, value by value; every layer is called with values that exist, so there are no cycles.
public struct NetworkBuilder {
    private var nodes: [NetworkNode] = []
    private var inputs: [NetworkInput] = []
    private var table = ParameterTable()
    private var valueCount = 0, tokenCount = 0, scratchCount = 0, traceCount = 0
    private var packedCount = 0, trainingPackedCount = 0

    /// An empty network.
    public init() {}

    /// An input of floats: a picture H×W×C, a vector.
    public mutating func input(_ name: String, shape: [Int]) -> NetworkInput {
        let value = append(.input, shape: shape)
        return append(name, .floats(count: shape.reduce(1, *), node: value.node))
    }

    /// An input of up to `length` tokens in 0..<vocabulary; negative ones stand for words outside it.
    public mutating func tokens(_ name: String, length: Int, vocabulary: Int) -> NetworkInput {
        precondition(length > 0 && vocabulary > 0)
        let input = append(name, .tokens(length: length, vocabulary: vocabulary, offset: tokenCount))
        tokenCount += length
        return input
    }

    /// The value of an input of floats.
    public func value(of input: NetworkInput) -> NetworkValue {
        guard case .floats(_, let node) = input.kind else {
            preconditionFailure("tokens need an embedding first")
        }
        return NetworkValue(shape: nodes[node].shape, node: node)
    }

    /// The embeddings of an input of tokens: L×`dimensions`.
    public mutating func embedding(_ name: String, of tokens: NetworkInput, dimensions: Int) -> NetworkValue {
        guard case .tokens(let length, let vocabulary, let offset) = tokens.kind else {
            preconditionFailure("an embedding needs tokens")
        }
        let layer = Embedding(length: length, vocabulary: vocabulary, dimensions: dimensions)
        let value = append(
            .embedding(layer, tokens: tokens, tokenOffset: offset), shape: [length, dimensions],
            parameters: layer.parameters, name: name)
        nodes[value.node].sequence = tokens.index
        return value
    }

    /// A layer over a value. The name goes before those of its parameters and must be unique where it has some.
    public mutating func add(_ layer: any Layer, to value: NetworkValue, name: String = "") -> NetworkValue {
        precondition(layer.inputShape == value.shape, "\(name) takes \(layer.inputShape), not \(value.shape)")
        scratchCount = max(scratchCount, layer.scratchCount)
        let result = append(
            .layer(layer, of: value.node), shape: layer.outputShape, parameters: layer.parameters, name: name,
            reading: [value.node])
        nodes[result.node].traceOffset = traceCount
        nodes[result.node].packedStart = packedCount
        nodes[result.node].trainingPackedStart = trainingPackedCount
        traceCount += Self.aligned(layer.traceCount)
        packedCount += Self.aligned(layer.packedCount(training: false))
        trainingPackedCount += Self.aligned(layer.packedCount(training: true))
        // A sequence it stays while the positions do.
        let keepsPositions = layer.outputShape.count > 1 && layer.outputShape.first == value.shape.first
        nodes[result.node].sequence = keepsPositions ? nodes[value.node].sequence : nil
        return result
    }

    /// Values side by side, each flattened.
    public mutating func concatenation(_ values: [NetworkValue]) -> NetworkValue {
        let counts = values.map { $0.shape.reduce(1, *) }
        let total = counts.reduce(0, +)
        var offset = 0
        var parts: [(part: Concatenation, of: Int)] = []
        for (value, count) in zip(values, counts) {
            parts.append((Concatenation(offset: offset, count: count, total: total), value.node))
            offset += count
        }
        return append(.concatenation(parts), shape: [total], reading: values.map(\.node))
    }

    /// A value that is zero for samples whose `input` is missing, or was dropped while training.
    public mutating func gate(_ value: NetworkValue, by input: NetworkInput) -> NetworkValue {
        let gate = ModalityGate(count: value.shape.reduce(1, *))
        return append(
            .gate(gate, of: value.node, by: input.index), shape: value.shape, reading: [value.node])
    }

    /// The network that computes `output`.
    ///
    /// Mutating, so that a layer made in the argument itself is there: a copy of `self` would be taken before.
    public mutating func build(output: NetworkValue) -> Network {
        precondition(output.node < nodes.count, "a value of another network")
        return Network(
            nodes: nodes, inputs: inputs, table: table, output: output, valueCount: valueCount,
            tokenCount: tokenCount, scratchCount: scratchCount, traceCount: traceCount,
            packedCount: packedCount, trainingPackedCount: trainingPackedCount)
    }

    private mutating func append(_ name: String, _ kind: NetworkInput.Kind) -> NetworkInput {
        let input = NetworkInput(name: name, index: inputs.count, kind: kind)
        inputs.append(input)
        return input
    }

    private mutating func append(
        _ operation: NetworkNode.Operation, shape: [Int], parameters: [ParameterDeclaration] = [],
        name: String = "", reading sources: [Int] = []
    ) -> NetworkValue {
        precondition(shape.allSatisfy { $0 > 0 }, "a value without elements")
        var node = NetworkNode(operation: operation, shape: shape, offset: valueCount)
        node.parameterStart = table.append(parameters, layer: name)
        node.wantsGradient = !parameters.isEmpty || sources.contains { nodes[$0].wantsGradient }
        valueCount += Self.aligned(node.count)
        nodes.append(node)
        return NetworkValue(shape: shape, node: nodes.count - 1)
    }

    /// Rounded up to whole cache lines, so that all that follows starts at one.
    private static func aligned(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
