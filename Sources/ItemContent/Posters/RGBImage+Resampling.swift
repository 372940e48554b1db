extension RGBImage {
    /// The picture at another size: the area average along an axis that shrinks, bilinear along one that grows.
    ///
    /// Separable: rows are summed first, a whole row at a time, then each target pixel along the row. The work is one
    /// multiplication a source sample, wherever the picture shrinks.
    ///
    /// - Returns: `height`×`width`×3, rounded to the nearest sample; the same picture for the same size.
    /// - Precondition: both sides are positive.
    public func resampled(width: Int, height: Int) -> RGBImage {
        precondition(width > 0 && height > 0, "an image has at least one pixel")
        if width == self.width && height == self.height { return self }
        let columns = ResamplingAxis(source: self.width, target: width)
        let rows = ResamplingAxis(source: self.height, target: height)
        var result = [UInt8](repeating: 0, count: width * height * 3)
        var sums = [Float](repeating: 0, count: self.width * 3)
        result.withUnsafeMutableBufferPointer { result in
            sums.withUnsafeMutableBufferPointer { sums in
                for row in 0..<height {
                    sumRows(rows, row, into: sums)
                    let target = UnsafeMutableBufferPointer(
                        rebasing: result[(row * width * 3)...].prefix(width * 3))
                    Self.sumColumns(columns, sums, into: target)
                }
            }
        }
        return RGBImage(width: width, height: height, pixels: result)
    }

    /// The weighted sum of the source rows that make up one target row; `sums` is W×3 of the source's width.
    private func sumRows(_ rows: ResamplingAxis, _ row: Int, into sums: UnsafeMutableBufferPointer<Float>) {
        sums.update(repeating: 0)
        pixels.withUnsafeBufferPointer { pixels in
            for (tap, position) in (rows.bounds[row]..<rows.bounds[row + 1]).enumerated() {
                let weight = rows.weights[position]
                let start = (rows.firsts[row] + tap) * sums.count
                let source = UnsafeBufferPointer(rebasing: pixels[start..<(start + sums.count)])
                for index in sums.indices { sums[index] += weight * Float(source[index]) }
            }
        }
    }

    /// One target row, of the target's width × 3 samples, from a source row that is already summed vertically.
    private static func sumColumns(
        _ columns: ResamplingAxis, _ sums: UnsafeMutableBufferPointer<Float>,
        into target: UnsafeMutableBufferPointer<UInt8>
    ) {
        columns.weights.withUnsafeBufferPointer { weights in
            for column in columns.firsts.indices {
                var color = SIMD4<Float>(repeating: 0.5)
                var source = columns.firsts[column] * 3
                for position in columns.bounds[column]..<columns.bounds[column + 1] {
                    let sample = SIMD4(sums[source], sums[source + 1], sums[source + 2], 0)
                    color.addProduct(sample, SIMD4(repeating: weights[position]))
                    source += 3
                }
                let rounded = SIMD4<UInt8>(truncatingIfNeeded: SIMD4<Int32>(color))
                for channel in 0..<3 { target[column * 3 + channel] = rounded[channel] }
            }
        }
    }
}
