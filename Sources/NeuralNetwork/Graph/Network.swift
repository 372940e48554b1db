/// A network: an acyclic graph of layers with static shapes. Immutable; parameters and memory are kept apart
/// (`ParameterStore`, `Workspace`), so one network serves any number of threads.
public struct Network: Sendable {
    /// Its parameters' places.
    public let table: ParameterTable
    /// Its inputs, in the order in which they were made.
    public let inputs: [NetworkInput]
    /// What it computes.
    public let output: NetworkValue

    /// In an order in which each comes after those it reads.
    let nodes: [NetworkNode]
    /// Values and traces of all nodes, tokens of all token inputs, for one sample; scratch for any number.
    let valueCount: Int, traceCount: Int, tokenCount: Int, scratchCount: Int
    /// Values of all packed parameters, for inference and for training.
    let packedCount: Int, trainingPackedCount: Int
    /// The inputs that a gate asks for.
    let gatedInputs: [Int]
    /// The parameters that every sample uses, and those of which it uses a few rows.
    let denseParameters: [ParameterTable.Row]
    let embeddingRows: [EmbeddingRows]

    /// The table of an embedding as an optimiser sees it.
    struct EmbeddingRows: Sendable {
        /// What names the rows.
        let input: NetworkInput
        let parameterStart: Int
        /// Rows, and values of each.
        let count: Int, dimensions: Int
        /// The number of the first among the rows of all embeddings.
        let firstRow: Int
    }

    init(
        nodes: [NetworkNode], inputs: [NetworkInput], table: ParameterTable, output: NetworkValue,
        valueCount: Int, tokenCount: Int, scratchCount: Int, traceCount: Int, packedCount: Int,
        trainingPackedCount: Int
    ) {
        (self.nodes, self.inputs, self.table, self.output) = (nodes, inputs, table, output)
        (self.valueCount, self.tokenCount, self.scratchCount) = (valueCount, tokenCount, scratchCount)
        self.traceCount = traceCount
        (self.packedCount, self.trainingPackedCount) = (packedCount, trainingPackedCount)
        var gated: Set<Int> = []
        for case .gate(_, of: _, by: let input) in nodes.map(\.operation) { gated.insert(input) }
        gatedInputs = gated.sorted()
        var embeddings: [EmbeddingRows] = []
        for node in nodes {
            guard case .embedding(let embedding, let input, tokenOffset: _) = node.operation else { continue }
            precondition(
                embedding.parameters.allSatisfy { !$0.decays }, "rows that no batch uses would have to decay")
            embeddings.append(
                EmbeddingRows(
                    input: input, parameterStart: node.parameterStart, count: embedding.vocabulary,
                    dimensions: embedding.dimensions,
                    firstRow: embeddings.reduce(0) { $0 + $1.count }))
        }
        let starts = Set(embeddings.map(\.parameterStart))
        embeddingRows = embeddings
        denseParameters = table.rows.filter { !starts.contains($0.range.lowerBound) }
    }

    /// Number of outputs.
    public var outputCount: Int { output.shape.reduce(1, *) }
}
