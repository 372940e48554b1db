/// A network's parameters as its kernels read them: packed once, used by any number of passes and threads.
///
/// Unchecked, because nobody packs while others read.
final class PackedParameters: @unchecked Sendable {
    let network: Network
    private let training: Bool
    private let packed: AlignedBuffer<Float>
    private let copy: AlignedBuffer<Float>?
    /// The parameters themselves, as of the last `pack`.
    private(set) var parameters: UnsafePointer<Float>

    init(_ network: Network, training: Bool) {
        self.network = network
        self.training = training
        packed = AlignedBuffer(training ? network.trainingPackedCount : network.packedCount, repeating: 0)
        parameters = UnsafePointer(packed.start)
        copy = nil
    }

    /// Reads a copy of `store`, which must have the network's table: they serve until the object's end, for inference.
    init(_ network: Network, copying store: ParameterStore) {
        precondition(store.table == network.table, "parameters of another network")
        self.network = network
        training = false
        packed = AlignedBuffer(network.packedCount, repeating: 0)
        let copy = AlignedBuffer<Float>(store.values.count, repeating: 0)
        for (index, value) in store.values.enumerated() { copy.start[index] = value }
        self.copy = copy
        parameters = UnsafePointer(copy.start)
        pack(parameters)
    }

    deinit {
        packed.deallocate()
        copy?.deallocate()
    }

    /// Reads parameters, which must stay where they are until the last pass.
    func pack(_ parameters: UnsafePointer<Float>) {
        self.parameters = parameters
        for node in network.nodes.indices {
            guard case .layer(let layer, of: _) = network.nodes[node].operation else { continue }
            layer.pack(
                parameters + network.nodes[node].parameterStart, training: training,
                into: packed.start + start(node))
        }
    }

    /// What belongs to a node.
    func packed(of node: Int) -> UnsafePointer<Float> { UnsafePointer(packed.start + start(node)) }

    private func start(_ node: Int) -> Int {
        training ? network.nodes[node].trainingPackedStart : network.nodes[node].packedStart
    }
}
