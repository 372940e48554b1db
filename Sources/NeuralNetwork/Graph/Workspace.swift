/// The memory of a network at work on up to `capacity` samples: values, their gradients, inputs, targets.
///
/// Used by one thread at a time. Allocated once; nothing is allocated per pass.
final class Workspace {
    let network: Network
    let capacity: Int
    /// Values of all nodes, node after node, and ∂loss/∂values alike; the latter empty where only inference is wanted.
    let values: UnsafeMutableBufferPointer<Float>
    let gradients: UnsafeMutableBufferPointer<Float>
    let scratch: UnsafeMutableBufferPointer<Float>
    let tokens: UnsafeMutableBufferPointer<Int32>
    /// Inputs × capacity: tokens in use, and 1 where an input is there.
    let lengths: UnsafeMutableBufferPointer<Int32>
    let presence: UnsafeMutableBufferPointer<Float>
    /// capacity × outputs, and capacity.
    let targets: UnsafeMutableBufferPointer<Float>
    let weights: UnsafeMutableBufferPointer<Float>

    init(_ network: Network, capacity: Int, training: Bool) {
        self.network = network
        self.capacity = capacity
        values = Self.allocate(network.valueCount * capacity, 0)
        gradients = Self.allocate(training ? network.valueCount * capacity : 0, 0)
        scratch = Self.allocate(network.scratchCount, 0)
        tokens = Self.allocate(network.tokenCount * capacity, 0)
        lengths = Self.allocate(network.inputs.count * capacity, 0)
        presence = Self.allocate(network.inputs.count * capacity, 0)
        targets = Self.allocate(network.outputCount * capacity, 0)
        weights = Self.allocate(capacity, 1)
    }

    deinit {
        for buffer in [values, gradients, scratch, presence, targets, weights] { buffer.deallocate() }
        tokens.deallocate()
        lengths.deallocate()
    }

    /// One more than asked for, so that the base address exists.
    private static func allocate<T: BitwiseCopyable>(_ count: Int, _ value: T) -> UnsafeMutableBufferPointer<
        T
    > {
        let buffer = UnsafeMutableBufferPointer<T>.allocate(capacity: count + 1)
        buffer.initialize(repeating: value)
        return buffer
    }

    /// Where a node's values, or their gradients, start.
    func start(of node: Int, in buffer: UnsafeMutableBufferPointer<Float>) -> UnsafeMutablePointer<Float> {
        guard let base = buffer.baseAddress else { preconditionFailure("a workspace without memory") }
        return base + network.nodes[node].offset * capacity
    }

    /// The values of one sample.
    func read(_ value: NetworkValue, sample: Int) -> UnsafeBufferPointer<Float> {
        let count = network.nodes[value.node].count
        return UnsafeBufferPointer(start: start(of: value.node, in: values) + sample * count, count: count)
    }
}
