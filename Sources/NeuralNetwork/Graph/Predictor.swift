import FloatKernels

/// Runs a network on one example at a time; memory is allocated once. For one thread at a time.
public final class Predictor {
    private let workspace: Workspace
    private let packed: PackedParameters
    /// The parameters' own copy, which `packed` points to.
    private let parameters: AlignedBuffer<Float>

    /// A network with its parameters, which must have its table.
    public init(_ network: Network, _ parameters: ParameterStore) {
        precondition(parameters.table == network.table, "parameters of another network")
        workspace = Workspace(network, capacity: 1, training: false)
        self.parameters = AlignedBuffer(parameters.values.count, repeating: 0)
        for (index, value) in parameters.values.enumerated() { self.parameters.start[index] = value }
        packed = PackedParameters(network, training: false)
        packed.pack(self.parameters.start)
    }

    deinit { parameters.deallocate() }

    /// Computes all values for the inputs that `load` sets, and answers the output.
    public func output(_ load: (ExampleSlot) throws -> Void) rethrows -> [Float] {
        let slot = ExampleSlot(workspace: workspace, sample: 0)
        slot.reset()
        try load(slot)
        slot.complete()
        workspace.forward(1, packed)
        return read(workspace.network.output)
    }

    /// Any value of the last example: a tower's embedding.
    public func read(_ value: NetworkValue) -> [Float] { Array(workspace.read(value, sample: 0)) }
}
