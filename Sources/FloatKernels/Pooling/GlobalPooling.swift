/// Pooling over all positions of `input` positions×channels, one sample at a time, to `output` channels.
///
/// Backward adds to `inputGradient`. No positions give zeros and no gradient.
public enum GlobalPooling: Sendable {
    case mean, maximum, sum

    /// `output` = mean, maximum or sum over the positions.
    public func forward(
        _ input: UnsafePointer<Float>, positions: Int, channels: Int, into output: UnsafeMutablePointer<Float>
    ) {
        guard positions > 0 else { return output.update(repeating: 0, count: channels) }
        output.update(from: input, count: channels)
        for position in 1..<max(positions, 1) {
            let row = input + position * channels
            switch self {
            case .maximum: for c in 0..<channels { output[c] = row[c] > output[c] ? row[c] : output[c] }
            case .mean, .sum: for c in 0..<channels { output[c] += row[c] }
            }
        }
        if self == .mean {
            let scale = 1 / Float(positions)
            for c in 0..<channels { output[c] *= scale }
        }
    }

    /// `inputGradient` += ∂loss/∂input. A maximum that occurs more than once passes its gradient to the first.
    ///
    /// - Parameter scratch: channels; used by the maximum.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        positions: Int, channels: Int, scratch: UnsafeMutablePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>
    ) {
        if self == .maximum { scratch.update(from: outputGradient, count: channels) }
        let scale = self == .mean ? 1 / Float(max(positions, 1)) : 1
        for position in 0..<positions {
            let row = input + position * channels, gradientRow = inputGradient + position * channels
            if self == .maximum {
                // What a channel has left to pass on is zero after its first maximum.
                for c in 0..<channels {
                    let share = row[c] == output[c] ? scratch[c] : 0
                    gradientRow[c] += share
                    scratch[c] -= share
                }
            } else {
                for c in 0..<channels { gradientRow[c] += scale * outputGradient[c] }
            }
        }
    }
}
