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
    /// Values of all nodes, tokens of all token inputs, for one sample; scratch for any number.
    let valueCount: Int, tokenCount: Int, scratchCount: Int
    /// The inputs that a gate asks for.
    let gatedInputs: [Int]

    init(
        nodes: [NetworkNode], inputs: [NetworkInput], table: ParameterTable, output: NetworkValue,
        valueCount: Int, tokenCount: Int, scratchCount: Int
    ) {
        (self.nodes, self.inputs, self.table, self.output) = (nodes, inputs, table, output)
        (self.valueCount, self.tokenCount, self.scratchCount) = (valueCount, tokenCount, scratchCount)
        var gated: Set<Int> = []
        for case .gate(_, of: _, by: let input) in nodes.map(\.operation) { gated.insert(input) }
        gatedInputs = gated.sorted()
    }

    /// Number of outputs.
    public var outputCount: Int { output.shape.reduce(1, *) }
}
