extension RGBImage {
    /// The picture as it is meant to be seen, when these are the samples as stored.
    func oriented(_ orientation: Orientation) -> RGBImage {
        if orientation == .upright { return self }
        let (width, height) = orientation.swapsSides ? (self.height, self.width) : (self.width, self.height)
        let (origin, right, down) = walk(orientation)
        var result = [UInt8](repeating: 0, count: pixels.count)
        result.withUnsafeMutableBufferPointer { target in
            pixels.withUnsafeBufferPointer { source in
                var next = 0
                for y in 0..<height {
                    var pixel = (origin + y * down) * 3
                    for _ in 0..<width {
                        target[next] = source[pixel]
                        target[next + 1] = source[pixel + 1]
                        target[next + 2] = source[pixel + 2]
                        next += 3
                        pixel += right * 3
                    }
                }
            }
        }
        return RGBImage(width: width, height: height, pixels: result)
    }

    /// Where in the stored samples the upright picture begins, and the steps, in pixels, for one to the right and one down.
    private func walk(_ orientation: Orientation) -> (origin: Int, right: Int, down: Int) {
        let (lastColumn, lastRow) = (width - 1, (height - 1) * width)
        return switch orientation {
        case .upright: (0, 1, width)
        case .mirrored: (lastColumn, -1, width)
        case .upsideDown: (lastRow + lastColumn, -1, -width)
        case .flipped: (lastRow, 1, -width)
        case .transposed: (0, width, 1)
        case .quarterTurnRight: (lastRow, -width, 1)
        case .transversed: (lastRow + lastColumn, -width, -1)
        case .quarterTurnLeft: (lastColumn, width, -1)
        }
    }
}
