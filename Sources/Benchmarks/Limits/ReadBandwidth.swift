import FloatKernels

/// How fast memory is read by a loop that does nothing else.
struct ReadBandwidth {
    /// 10⁹ bytes a second.
    let best: Double, median: Double

    /// Reads 256 MiB, far more than any cache holds, on all threads of `pool`.
    init(pool: ThreadPool, repeats: Int) {
        let values = [Float](repeating: 1, count: 1 << 26)
        var total: Float = 0
        let timing = values.withUnsafeBufferPointer { buffer in
            Timing.throughput(repeats: repeats, calls: 1) { total += Self.sum(buffer, pool) }
        }
        precondition(total == Float(values.count) * Float(repeats), "every value was read")
        let bytes = Double(values.count * MemoryLayout<Float>.size)
        (best, median) = (bytes / timing.best / 1e9, bytes / timing.median / 1e9)
    }

    private static func sum(_ values: UnsafeBufferPointer<Float>, _ pool: ThreadPool) -> Float {
        var sums = [Float](repeating: 0, count: pool.threads)
        sums.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let sums = buffer
            nonisolated(unsafe) let values = values
            pool.run { worker in
                let share = values.count / pool.threads & ~1023
                guard let base = values.baseAddress else { return }
                let end = worker == pool.threads - 1 ? values.count : (worker + 1) * share
                for start in stride(from: worker * share, to: end, by: 1024) {
                    sums[worker] += sum1024(base + start)
                }
            }
        }
        return sums.reduce(0, +)
    }

    /// The sum of 1,024 values: four chains of additions hide their latency.
    @inline(__always)
    private static func sum1024(_ values: UnsafePointer<Float>) -> Float {
        var s0 = SIMD8<Float>.zero, s1 = s0, s2 = s0, s3 = s0
        let memory = UnsafeRawPointer(values)
        for offset in stride(from: 0, to: 4096, by: 128) {
            s0 += memory.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
            s1 += memory.loadUnaligned(fromByteOffset: offset + 32, as: SIMD8<Float>.self)
            s2 += memory.loadUnaligned(fromByteOffset: offset + 64, as: SIMD8<Float>.self)
            s3 += memory.loadUnaligned(fromByteOffset: offset + 96, as: SIMD8<Float>.self)
        }
        return ((s0 + s1) + (s2 + s3)).sum()
    }
}
