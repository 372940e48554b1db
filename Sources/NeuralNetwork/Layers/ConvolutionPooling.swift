/// What a convolution's outputs, rectified or not, become before anybody else sees them.
public enum ConvolutionPooling: Sendable, Equatable {
    /// All of them stay.
    case none
    /// The maximum over windows of 2×2 pixels; an odd last row or column is left out. Of rectified outputs only.
    case maximum2x2
    /// The maximum over all positions.
    case globalMaximum
    /// The mean over all positions.
    case globalMean
}

/// What follows the sums of a layer, element by element.
public enum Activation: Sendable, Equatable {
    /// Nothing.
    case none
    /// max(x, 0).
    case relu
}
