public import FloatKernels

/// Runs a network, without dropout, over many examples on all threads; memory is allocated once. For one caller at a time.
public final class BatchPredictor {
    private let packed: PackedParameters
    /// One for each thread.
    private let workspaces: [Workspace]
    private let pool: ThreadPool

    /// A network with its parameters, which must have its table.
    public init(_ network: Network, _ parameters: ParameterStore, pool: ThreadPool) {
        packed = PackedParameters(network, copying: parameters)
        workspaces = (0..<pool.threads).map { _ in Workspace(network, capacity: 1, training: false) }
        self.pool = pool
    }

    /// Computes the output of every example: examples × elements.
    public func outputs(_ source: any ExampleSource) -> Matrix {
        let value = packed.network.output
        let columns = packed.network.nodes[value.node].count
        var result = Matrix(rows: source.count, columns: columns)
        result.elements.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let target = buffer
            let threads = pool.threads
            pool.run { worker in
                let workspace = workspaces[worker]
                for example in source.count * worker / threads..<source.count * (worker + 1) / threads {
                    var generator = RandomGenerator(seed: 0, stream: UInt64(example))
                    let slot = ExampleSlot(workspace: workspace, sample: 0)
                    slot.reset()
                    source.load(example, into: slot, using: &generator)
                    slot.complete()
                    workspace.forward(1, packed)
                    let output = workspace.read(value, sample: 0)
                    for (column, element) in output.enumerated() {
                        target[example * columns + column] = element
                    }
                }
            }
        }
        return result
    }
}
