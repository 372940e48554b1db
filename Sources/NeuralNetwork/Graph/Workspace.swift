/// The memory of a network at work on up to `capacity` samples: values, their gradients, inputs, targets.
///
/// Used by one thread at a time. Allocated once; nothing is allocated per pass.
final class Workspace {
    let network: Network
    let capacity: Int
    /// Values of all nodes, node after node; ∂loss/∂values alike and traces, empty where only inference is wanted.
    let values: AlignedBuffer<Float>
    let gradients: AlignedBuffer<Float>
    let traces: AlignedBuffer<Float>
    let scratch: AlignedBuffer<Float>
    let tokens: AlignedBuffer<Int32>
    /// Inputs × capacity: tokens in use, and 1 where an input is there.
    let lengths: AlignedBuffer<Int32>
    let presence: AlignedBuffer<Float>
    /// capacity × outputs, and capacity.
    let targets: AlignedBuffer<Float>
    let weights: AlignedBuffer<Float>
    let isForTraining: Bool

    init(_ network: Network, capacity: Int, training: Bool) {
        self.network = network
        self.capacity = capacity
        isForTraining = training
        values = AlignedBuffer(network.valueCount * capacity, repeating: 0)
        gradients = AlignedBuffer(training ? network.valueCount * capacity : 0, repeating: 0)
        traces = AlignedBuffer(training ? network.traceCount * capacity : 0, repeating: 0)
        scratch = AlignedBuffer(network.scratchCount, repeating: 0)
        tokens = AlignedBuffer(network.tokenCount * capacity, repeating: 0)
        lengths = AlignedBuffer(network.inputs.count * capacity, repeating: 0)
        presence = AlignedBuffer(network.inputs.count * capacity, repeating: 0)
        targets = AlignedBuffer(network.outputCount * capacity, repeating: 0)
        weights = AlignedBuffer(capacity, repeating: 1)
    }

    deinit {
        values.deallocate()
        gradients.deallocate()
        traces.deallocate()
        scratch.deallocate()
        tokens.deallocate()
        lengths.deallocate()
        presence.deallocate()
        targets.deallocate()
        weights.deallocate()
    }

    /// Where a node's values, or their gradients, start.
    func start(of node: Int, in buffer: AlignedBuffer<Float>) -> UnsafeMutablePointer<Float> {
        buffer.start + network.nodes[node].offset * capacity
    }

    /// The values of one sample.
    func read(_ value: NetworkValue, sample: Int) -> UnsafeBufferPointer<Float> {
        let count = network.nodes[value.node].count
        return UnsafeBufferPointer(start: start(of: value.node, in: values) + sample * count, count: count)
    }

    /// The tokens that one sample has.
    func tokens(of input: NetworkInput, sample: Int) -> UnsafeBufferPointer<Int32> {
        guard case .tokens(let length, _, let offset) = input.kind else { preconditionFailure("no tokens") }
        return UnsafeBufferPointer(
            start: tokens.start + offset * capacity + sample * length,
            count: Int(lengths.start[input.index * capacity + sample]))
    }

    /// What one sample's outputs ought to be.
    func targets(of sample: Int) -> UnsafeMutableBufferPointer<Float> {
        let count = network.outputCount
        return UnsafeMutableBufferPointer(start: targets.start + sample * count, count: count)
    }
}
