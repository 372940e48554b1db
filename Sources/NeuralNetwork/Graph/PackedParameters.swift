/// A network's parameters as its kernels read them: packed once, used by any number of passes and threads.
///
/// Unchecked, because nobody packs while others read.
final class PackedParameters: @unchecked Sendable {
    let network: Network
    private let training: Bool
    private let packed: AlignedBuffer<Float>
    /// The parameters themselves, as of the last `pack`.
    private(set) var parameters: UnsafePointer<Float>

    init(_ network: Network, training: Bool) {
        self.network = network
        self.training = training
        packed = AlignedBuffer(training ? network.trainingPackedCount : network.packedCount, repeating: 0)
        parameters = UnsafePointer(packed.start)
    }

    deinit { packed.deallocate() }

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
