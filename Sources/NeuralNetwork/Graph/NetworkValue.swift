/// A value in a network: what an input gives or a layer computes. Made by `NetworkBuilder`, valid in its network.
public struct NetworkValue: Sendable, Equatable {
    /// Extents of one sample.
    public let shape: [Int]
    let node: Int
}
