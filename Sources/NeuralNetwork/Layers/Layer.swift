/// A step of a network from one value to another: knows its shapes and parameters, keeps no state.
///
/// Values are flat, row-major, sample after sample: N×(shape). Axis letters: N samples, H rows, W columns, L positions
/// of a sequence, C channels, F filters.
public protocol Layer: Sendable {
    /// Extents of one sample's input.
    var inputShape: [Int] { get }
    /// Extents of one sample's output.
    var outputShape: [Int] { get }
    /// Its parameters, which lie side by side in this order.
    var parameters: [ParameterDeclaration] { get }
    /// Values of scratch memory that a pass over any number of samples needs.
    var scratchCount: Int { get }

    /// Values that a sample leaves between forward and backward, beside its output.
    var traceCount: Int { get }
    /// Values of the parameters in the form that its kernels read, for inference alone or for training too.
    func packedCount(training: Bool) -> Int
    /// Writes the parameters in that form; once for all passes with the same parameters.
    func pack(
        _ parameters: UnsafePointer<Float>, training: Bool, into packed: UnsafeMutablePointer<Float>)

    /// Writes the output of `pass.count` samples.
    func forward(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass)

    /// Adds ∂loss/∂input to `inputGradient` (nil where nobody wants it) and ∂loss/∂parameters to
    /// `parameterGradient`, from ∂loss/∂output; `input`, `output` and `pass` as they were forward.
    func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass)
}

extension Layer {
    /// None.
    public var parameters: [ParameterDeclaration] { [] }
    /// None.
    public var scratchCount: Int { 0 }
    /// None.
    public var traceCount: Int { 0 }
    /// None: such a layer reads its parameters as they are.
    public func packedCount(training: Bool) -> Int { 0 }
    /// Nothing to do.
    public func pack(
        _ parameters: UnsafePointer<Float>, training: Bool, into packed: UnsafeMutablePointer<Float>
    ) {}

    /// Values of one sample's input.
    public var inputCount: Int { inputShape.reduce(1, *) }
    /// Values of one sample's output.
    public var outputCount: Int { outputShape.reduce(1, *) }
}
