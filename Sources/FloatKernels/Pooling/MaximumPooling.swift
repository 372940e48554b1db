/// The maximum over windows of `input` H×W×C, one sample at a time, to `output` outH×outW×C; without padding.
public struct MaximumPooling: Sendable, Equatable {
    /// Extents of the input: H, W, C.
    public let height: Int, width: Int, channels: Int
    /// Extent of the square window, and the step between windows.
    public let size: Int, stride: Int

    /// Windows that do not fit wholly are left out.
    public init(height: Int, width: Int, channels: Int, size: Int, stride: Int) {
        precondition(channels > 0 && size > 0 && stride > 0 && height >= size && width >= size)
        (self.height, self.width, self.channels) = (height, width, channels)
        (self.size, self.stride) = (size, stride)
    }

    /// outH.
    public var outputHeight: Int { (height - size) / stride + 1 }
    /// outW.
    public var outputWidth: Int { (width - size) / stride + 1 }

    /// `output` = the maximum of each window.
    public func forward(_ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>) {
        for pixel in 0..<outputHeight * outputWidth {
            let target = output + pixel * channels
            target.update(from: input + offset(pixel, 0), count: channels)
            for element in 1..<max(size * size, 1) {
                let row = input + offset(pixel, element)
                for c in 0..<channels { target[c] = row[c] > target[c] ? row[c] : target[c] }
            }
        }
    }

    /// `inputGradient` += ∂loss/∂input. A maximum that occurs more than once passes its gradient to the first.
    ///
    /// - Parameter scratch: channels.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, addingTo inputGradient: UnsafeMutablePointer<Float>
    ) {
        for pixel in 0..<outputHeight * outputWidth {
            let maxima = output + pixel * channels
            scratch.update(from: outputGradient + pixel * channels, count: channels)
            for element in 0..<size * size {
                let start = offset(pixel, element)
                for c in 0..<channels {
                    let share = input[start + c] == maxima[c] ? scratch[c] : 0
                    inputGradient[start + c] += share
                    scratch[c] -= share
                }
            }
        }
    }

    /// Where an element of an output pixel's window lies in the input.
    private func offset(_ pixel: Int, _ element: Int) -> Int {
        let y = pixel / outputWidth * stride + element / size
        let x = pixel % outputWidth * stride + element % size
        return (y * width + x) * channels
    }
}
