import FloatKernels
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct ExponentialTests {
    private func exponentials(_ x: [Float]) -> [Float] {
        var x = x
        x.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress { exponential(base, count: buffer.count) }
        }
        return x
    }

    /// Every 1,009th Float between −110 and 95, of both signs.
    @Test func isWithinTheErrorBound() {
        let magnitudes = stride(from: Float.zero.bitPattern, to: Float(110).bitPattern, by: 1009)
            .map { Float(bitPattern: $0) }
        for x in [magnitudes.map { -$0 }, magnitudes.filter { $0 < 95 }] {
            let worst = zip(x, exponentials(x)).max { error($0) < error($1) } ?? (0, 1)
            #expect(error(worst) <= 1, "exp(\(worst.0)) gave \(worst.1)")
        }
    }

    /// The error in units of the documented bound.
    private func error(_ pair: (x: Float, result: Float)) -> Double {
        let exact = exp(Double(pair.x))
        // What rounds to infinity must be infinite.
        if exact >= 0x1.ffffffp127 { return pair.result == .infinity ? 0 : .infinity }
        let bound = exact * 0x1p-23 + (exact < 0x1p-126 ? 0x1p-149 : 0)
        return abs(Double(pair.result) - exact) / bound
    }

    @Test func specialValues() {
        let results = exponentials([-.infinity, .infinity, .nan, 0, -0.0, -1e30, 1e30, -104, 89])
        #expect(results[2].isNaN)
        #expect(results[0] == 0 && results[1] == .infinity && results[3] == 1 && results[4] == 1)
        #expect(Array(results[5...]) == [0, .infinity, 0, .infinity])
    }

    @Test(arguments: Array(1...33))
    func everyPlaceIsAlike(count: Int) {
        let values = (0..<count).map { Float($0) * 0.37 - 5 }
        let buffer = GuardedBuffer(values)
        exponential(buffer.base, count: count)
        #expect(buffer.isIntact)
        #expect(buffer.values == values.map { exponentials([$0])[0] })
    }
}
