/// What a layer is given beside its input when it runs.
public struct LayerPass {
    /// Samples, N.
    public var count: Int
    /// The layer's parameters.
    public var parameters: UnsafePointer<Float>
    /// As many values as the layer asked for, of any content.
    public var scratch: UnsafeMutablePointer<Float>
    /// Of each sample how many positions of the sequence count, N; nil where the input is no sequence.
    public var lengths: UnsafePointer<Int32>?
    /// The source of dropout while training; nil otherwise.
    public var dropout: DropoutKey?

    /// A pass over `count` samples.
    public init(
        count: Int, parameters: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>,
        lengths: UnsafePointer<Int32>? = nil, dropout: DropoutKey? = nil
    ) {
        self.count = count
        self.parameters = parameters
        self.scratch = scratch
        self.lengths = lengths
        self.dropout = dropout
    }
}
