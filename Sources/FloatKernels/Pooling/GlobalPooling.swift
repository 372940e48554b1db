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

    /// `output` = the maximum over the positions, of which the first wins, and its position in `winners`; −1 where
    /// `rectifies` and the maximum is not above 0. No positions give zeros and −1.
    public static func maximum(
        _ input: UnsafePointer<Float>, positions: Int, channels: Int, rectifies: Bool,
        into output: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<Int32>?
    ) {
        var channel = 0
        while channel + 8 <= channels {
            var best = SIMD8<Float>(repeating: -.infinity), winner = SIMD8<Int32>(repeating: -1)
            for position in 0..<positions {
                let x = SIMD8(at: input + position * channels + channel)
                // Not ≤, so that a NaN is seen.
                let wins = .!(x .<= best)
                winner.replace(with: Int32(truncatingIfNeeded: position), where: wins)
                best.replace(with: x, where: wins)
            }
            let isNone = rectifies ? best .<= 0 : best .== -.infinity
            best.replace(with: 0, where: isNone)
            winner.replace(with: -1, where: isNone)
            best.store(at: output + channel)
            if let winners { winner.store(at: winners + channel) }
            channel += 8
        }
        while channel < channels {
            var best = -Float.infinity, winner: Int32 = -1
            for position in 0..<positions where !(input[position * channels + channel] <= best) {
                best = input[position * channels + channel]
                winner = Int32(truncatingIfNeeded: position)
            }
            let isNone = rectifies ? best <= 0 : best == -.infinity
            output[channel] = isNone ? 0 : best
            winners?[channel] = isNone ? -1 : winner
            channel += 1
        }
    }
}
