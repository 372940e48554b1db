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
        let samples = self.width * 3
        let target = [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
            // A pixel is read as four floats, so there is one float more than the row has.
            withUnsafeTemporaryAllocation(of: Float.self, capacity: samples + 1) { sums in
                pixels.withUnsafeBufferPointer { source in
                    guard let source = source.baseAddress, let sums = sums.baseAddress,
                        let target = target.baseAddress
                    else { return }
                    sums[samples] = 0
                    for row in 0..<height {
                        rows.withTaps(of: row) { first, weights in
                            Self.sum(source + first * samples, count: samples, weights, into: sums)
                        }
                        Self.gather(sums, columns, into: target + row * width * 3)
                    }
                }
            }
            count = width * height * 3
        }
        return RGBImage(width: width, height: height, pixels: target)
    }

    /// The weighted sum of as many source rows of `count` samples as there are weights.
    private static func sum(
        _ rows: UnsafePointer<UInt8>, count: Int, _ weights: UnsafeBufferPointer<Float>,
        into sums: UnsafeMutablePointer<Float>
    ) {
        var index = 0
        while index + 8 <= count {
            var sum = SIMD8<Float>.zero
            var row = UnsafeRawPointer(rows + index)
            for weight in weights {
                sum += SIMD8(samples: row.loadUnaligned(as: SIMD8<UInt8>.self)) * weight
                row += count
            }
            UnsafeMutableRawPointer(sums + index).storeBytes(of: sum, as: SIMD8<Float>.self)
            index += 8
        }
        while index < count {
            sums[index] = 0
            for tap in weights.indices { sums[index] += Float(rows[tap * count + index]) * weights[tap] }
            index += 1
        }
    }

    /// One target row, of the target's width × 3 samples, from a source row that is already summed vertically.
    private static func gather(
        _ sums: UnsafePointer<Float>, _ columns: ResamplingAxis, into target: UnsafeMutablePointer<UInt8>
    ) {
        for column in columns.firsts.indices {
            columns.withTaps(of: column) { first, weights in
                var color = SIMD4<Float>.zero
                var pixel = UnsafeRawPointer(sums + first * 3)
                for weight in weights {
                    color += pixel.loadUnaligned(as: SIMD4<Float>.self) * weight
                    pixel += 3 * MemoryLayout<Float>.size
                }
                let rounded = color.roundedSamples
                for channel in 0..<3 { target[column * 3 + channel] = rounded[channel] }
            }
        }
    }
}

extension SIMD8<Float> {
    /// Samples as floats. The bits of 2²³ + x are those of 2²³ with x in place of the last ones; Swift's own
    /// conversion goes lane by lane, through a generic function.
    @inline(__always)
    fileprivate init(samples: SIMD8<UInt8>) {
        let exponent = Float(0x1p23)
        let bits = SIMD8<UInt32>(truncatingIfNeeded: samples) | exponent.bitPattern
        self = unsafeBitCast(bits, to: SIMD8<Float>.self) - exponent
    }
}

extension SIMD4<Float> {
    /// The nearest samples, a half upwards, of values in 0…255. Beside 2¹⁵ the last eight bits of a float are what
    /// stands behind the binary point.
    @inline(__always)
    fileprivate var roundedSamples: SIMD4<UInt8> {
        let bits = unsafeBitCast(self + (0x1p15 + 0.5), to: SIMD4<UInt32>.self)
        return SIMD4<UInt8>(truncatingIfNeeded: bits &>> 8)
    }
}
