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
    /// Every parameter, and of embeddings how long a row is and which is the first among the rows of all.
    let rows: [TrainedRow]

    /// A parameter as an optimiser sees it.
    struct TrainedRow: Sendable {
        let range: Range<Int>
        let decays: Bool
        /// Nil for parameters that every sample uses.
        let embedding: (dimensions: Int, firstRow: Int)?
    }

    /// Rows of all embeddings.
    var embeddingRowCount: Int {
        rows.reduce(0) { sum, row in
            sum + (row.embedding.map { row.range.count / $0.dimensions } ?? 0)
        }
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
        var embeddings: [Int: (dimensions: Int, firstRow: Int)] = [:]
        for node in nodes {
            guard case .embedding(let embedding, tokens: _, tokenOffset: _) = node.operation else { continue }
            embeddings[node.parameterStart] = (embedding.dimensions, node.firstRow)
        }
        rows = table.rows.map {
            TrainedRow(
                range: $0.range, decays: $0.declaration.decays, embedding: embeddings[$0.range.lowerBound])
        }
    }

    /// Number of outputs.
    public var outputCount: Int { output.shape.reduce(1, *) }
}
