/// What a layer is given beside its input when it runs.
public struct LayerPass {
    /// Samples, N.
    public var count: Int
    /// The layer's parameters.
    public var parameters: UnsafePointer<Float>
    /// The same as `Layer.pack` wrote them.
    public var packed: UnsafePointer<Float>
    /// As many values as the layer asked for, of any content, aligned to a cache line.
    public var scratch: UnsafeMutablePointer<Float>
    /// What forward leaves for backward, sample by sample; nil where there will be no backward.
    public var trace: UnsafeMutablePointer<Float>?
    /// Of each sample how many positions of the sequence count, N; nil where the input is no sequence.
    public var lengths: UnsafePointer<Int32>?
    /// The source of dropout while training; nil otherwise.
    public var dropout: DropoutKey?

    /// A pass over `count` samples.
    public init(
        count: Int, parameters: UnsafePointer<Float>, packed: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, trace: UnsafeMutablePointer<Float>? = nil,
        lengths: UnsafePointer<Int32>? = nil, dropout: DropoutKey? = nil
    ) {
        self.count = count
        self.parameters = parameters
        self.packed = packed
        self.scratch = scratch
        self.trace = trace
        self.lengths = lengths
        self.dropout = dropout
    }
}
