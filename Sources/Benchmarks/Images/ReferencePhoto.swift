import FloatKernels
import Foundation
import ItemContent

extension RGBImage {
    /// A picture of 500×750 that compresses as a photograph does: waves, soft blobs, hard edges, and grain that is
    /// mostly the same in the three channels.
    static func referencePhoto(seed: UInt64) -> RGBImage {
        let (width, height) = (500, 750)
        var generator = RandomGenerator(seed: seed)
        var canvas = [SIMD3<Float>](repeating: .zero, count: width * height)
        for y in 0..<height {
            for x in 0..<width { canvas[y * width + x] = wave(Float(x), Float(y)) }
        }
        for _ in 0..<40 {
            let (x, y) = (generator.uniform() * Float(width), generator.uniform() * Float(height))
            let radius = 10 + 80 * generator.uniform()
            let color = generator.color()
            for row in 0..<height {
                for column in 0..<width {
                    let (dx, dy) = (Float(column) - x, Float(row) - y)
                    let share = expf(-(dx * dx + dy * dy) / (2 * radius * radius))
                    canvas[row * width + column] += (color - canvas[row * width + column]) * share
                }
            }
        }
        for _ in 0..<12 {
            let (left, top) = (generator.index(below: width - 80), generator.index(below: height - 80))
            let color = generator.color()
            let (right, bottom) = (
                left + 10 + generator.index(below: 70), top + 10 + generator.index(below: 70)
            )
            for row in top..<bottom {
                for column in left..<right { canvas[row * width + column] = color }
            }
        }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for color in canvas {
            let grain = 5 * generator.normal()
            for channel in 0..<3 {
                pixels.append(UInt8(min(max(color[channel] + grain + 0.8 * generator.normal(), 0), 255)))
            }
        }
        return RGBImage(width: width, height: height, pixels: pixels)
    }

    private static func wave(_ x: Float, _ y: Float) -> SIMD3<Float> {
        var color = SIMD3<Float>.zero
        for channel in 0..<3 {
            let shift = Float(channel)
            color[channel] =
                120 + 80 * sinf(x / 97 + shift) + 50 * cosf(y / 131 - shift)
                + 25 * sinf((x + y) / 23 * (1 + shift / 5))
        }
        return color
    }
}

extension RandomGenerator {
    fileprivate mutating func color() -> SIMD3<Float> {
        SIMD3(uniform(), uniform(), uniform()) * 255
    }
}
