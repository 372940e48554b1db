import FloatKernels
import ItemContent
import NeuralNetwork

/// Brings posters to mean 0 and deviation 1 in every channel, over the posters learned from.
struct PosterScale: Sendable, Equatable {
    /// Red, green, blue; in samples, 0 … 255.
    let mean: [Float]
    let deviation: [Float]

    /// Most pixels by which a poster is moved while training, up or down and sideways.
    private static let maximumShift = (rows: 6, columns: 4)

    init(mean: [Float], deviation: [Float]) {
        self.mean = mean
        self.deviation = deviation
    }

    init(fitting posters: [RGBImage]) {
        var (count, sums, squares) = (0, [0, 0, 0], [0, 0, 0])
        for poster in posters {
            count += poster.width * poster.height
            for (index, sample) in poster.pixels.enumerated() {
                sums[index % 3] += Int(sample)
                squares[index % 3] += Int(sample) * Int(sample)
            }
        }
        let means = sums.map { Double($0) / Double(max(count, 1)) }
        mean = means.map { Float($0) }
        deviation = zip(squares, means).map { square, mean in
            Float(max(Double(square) / Double(max(count, 1)) - mean * mean, 1).squareRoot())
        }
    }

    /// Writes the standardised poster, H×W×3.
    func fill(_ values: UnsafeMutableBufferPointer<Float>, from poster: RGBImage) {
        fill(values, from: poster, move: (0, 0), mirrors: false)
    }

    /// The same, at random mirrored and moved by a few pixels; what comes in at an edge repeats it.
    func fill(
        _ values: UnsafeMutableBufferPointer<Float>, from poster: RGBImage,
        using generator: inout RandomGenerator
    ) {
        let (rows, columns) = Self.maximumShift
        let move = (
            generator.index(below: 2 * rows + 1) - rows, generator.index(below: 2 * columns + 1) - columns
        )
        fill(values, from: poster, move: move, mirrors: generator.index(below: 2) == 1)
    }

    private func fill(
        _ values: UnsafeMutableBufferPointer<Float>, from poster: RGBImage, move: (Int, Int), mirrors: Bool
    ) {
        precondition(values.count == poster.pixels.count, "the poster has the network's size")
        let (height, width) = (poster.height, poster.width)
        poster.pixels.withUnsafeBufferPointer { pixels in
            for channel in 0..<3 {
                let (mean, factor) = (mean[channel], 1 / deviation[channel])
                for row in 0..<height {
                    let line = min(max(row + move.0, 0), height - 1) * width
                    for column in 0..<width {
                        let moved = min(max(column + move.1, 0), width - 1)
                        let source = line + (mirrors ? width - 1 - moved : moved)
                        values[(row * width + column) * 3 + channel] =
                            (Float(pixels[source * 3 + channel]) - mean) * factor
                    }
                }
            }
        }
    }
}

extension PosterScale {
    func write(to file: inout TensorFileWriter, as name: String) {
        file.add(name + ".mean", shape: [3], floats: mean)
        file.add(name + ".deviation", shape: [3], floats: deviation)
    }

    init(from file: TensorFile, _ name: String) throws {
        mean = try file.floats(name + ".mean", shape: [3])
        deviation = try file.floats(name + ".deviation", shape: [3])
        try file.require(deviation.allSatisfy { $0 > 0 }, name, "has positive deviations")
    }
}
