import ItemContent
import Testing

@Suite struct ResamplingTests {
    private static let sizes = [(1, 1), (2, 3), (7, 5), (16, 16), (31, 33), (64, 48), (100, 37)]

    /// Against the definition in Double. Sums of at most 4·10³ products in Float are off by less than 0.1 of a level in
    /// all, so that only the rounding of a value close to a half can differ.
    @Test func shrinkingIsTheAreaAverage() {
        let image = noise(width: 100, height: 48)
        for (width, height) in Self.sizes where width <= image.width && height <= image.height {
            let small = image.resampled(width: width, height: height)
            for (index, expected) in areaAverage(image, width, height).enumerated() {
                #expect(abs(Double(small.pixels[index]) - expected) <= 0.5 + 0.1)
            }
        }
    }

    @Test func oneColorStaysThatColor() {
        for value in [0, 1, 127, 128, 254, 255] as [UInt8] {
            let image = RGBImage(width: 37, height: 23, pixels: Array(repeating: value, count: 37 * 23 * 3))
            for (width, height) in Self.sizes {
                #expect(image.resampled(width: width, height: height).pixels.allSatisfy { $0 == value })
            }
        }
    }

    @Test func theSameSizeIsTheSamePicture() {
        let image = noise(width: 20, height: 11)
        #expect(image.resampled(width: 20, height: 11) == image)
    }

    /// Twice as wide: sample centres fall at a quarter and three quarters between neighbours, held at the ends.
    @Test func growingIsLinear() {
        let image = RGBImage(width: 2, height: 1, pixels: [0, 100, 200, 40, 100, 0])
        let wide = image.resampled(width: 4, height: 2)
        let row: [UInt8] = [0, 100, 200, 10, 100, 150, 30, 100, 50, 40, 100, 0]
        #expect(wide.pixels == row + row)
        let single = RGBImage(width: 1, height: 1, pixels: [7, 8, 9]).resampled(width: 3, height: 2)
        #expect(single.pixels == Array(repeating: [7, 8, 9], count: 6).flatMap { $0 })
    }

    /// The axes are independent of each other, up to the rounding in between.
    @Test func mixedDirections() {
        let image = noise(width: 40, height: 10)
        let mixed = image.resampled(width: 13, height: 25)
        #expect(
            largestDifference(mixed, image.resampled(width: 13, height: 10).resampled(width: 13, height: 25))
                <= 1)
    }

    @Test func floatsAreInTheUnitInterval() {
        let floats = RGBImage(width: 1, height: 1, pixels: [0, 51, 255]).normalizedFloats()
        #expect(floats == [0, 0.2, 1])
    }

    /// H×W×3, by two loops over every pair of target and source pixels.
    private func areaAverage(_ image: RGBImage, _ width: Int, _ height: Int) -> [Double] {
        let horizontal = Double(image.width) / Double(width)
        let vertical = Double(image.height) / Double(height)
        func overlap(_ source: Int, _ target: Int, _ scale: Double) -> Double {
            max(
                0,
                min(Double(source + 1), Double(target + 1) * scale)
                    - max(Double(source), Double(target) * scale))
        }
        var result = [Double](repeating: 0, count: width * height * 3)
        for y in 0..<height {
            for x in 0..<width {
                for row in 0..<image.height where overlap(row, y, vertical) > 0 {
                    for column in 0..<image.width where overlap(column, x, horizontal) > 0 {
                        let share =
                            overlap(row, y, vertical) * overlap(column, x, horizontal)
                            / (horizontal * vertical)
                        for channel in 0..<3 {
                            let sample = Double(image.pixels[(row * image.width + column) * 3 + channel])
                            result[(y * width + x) * 3 + channel] += share * sample
                        }
                    }
                }
            }
        }
        return result
    }

    private func noise(width: Int, height: Int) -> RGBImage {
        var state: UInt32 = 1
        let pixels = (0..<(width * height * 3)).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        return RGBImage(width: width, height: height, pixels: pixels)
    }
}
