import FloatKernels

/// Runs a network on one example at a time; memory is allocated once. For one thread at a time.
public final class Predictor {
    private let workspace: Workspace
    private let packed: PackedParameters

    /// A network with its parameters, which must have its table.
    public init(_ network: Network, _ parameters: ParameterStore) {
        workspace = Workspace(network, capacity: 1, training: false)
        packed = PackedParameters(network, copying: parameters)
    }

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
