import FloatKernels

/// What the machine can do at most, found out by kernels that do nothing else.
struct MachineLimit {
    /// Multiply-adds of Floats, each two operations, in 10⁹ operations a second.
    let gigaflops: Double
    /// Of the median repeat.
    let medianGigaflops: Double

    /// The speed of multiply-adds on all threads of `pool`.
    init(pool: ThreadPool, repeats: Int) {
        let rounds = 10_000_000
        var sums = [Float](repeating: 0, count: pool.threads)
        let timing = Timing.throughput(repeats: repeats, calls: 1) {
            sums.withUnsafeMutableBufferPointer { buffer in
                nonisolated(unsafe) let sums = buffer
                pool.run { worker in sums[worker] = multiplyAdd(rounds: rounds) }
            }
        }
        precondition(sums.allSatisfy { $0.isFinite }, "the sums converge")
        let operations = Double(rounds * operationsARound * pool.threads)
        gigaflops = operations / timing.best / 1e9
        medianGigaflops = operations / timing.median / 1e9
    }
}

/// Twelve vectors of eight multiply-adds.
private let operationsARound = 12 * 8 * 2

/// Twelve chains of multiply-adds a ← a·x + y, more than the eight that two units with a latency of four need, and
/// few enough for the registers.
@inline(never)
private func multiplyAdd(rounds: Int) -> Float {
    let x = SIMD8<Float>(repeating: 0.5), y = SIMD8<Float>(repeating: 0.25)
    var a0 = SIMD8<Float>(repeating: 1), a1 = a0 + 1, a2 = a0 + 2, a3 = a0 + 3, a4 = a0 + 4, a5 = a0 + 5
    var a6 = a0 + 6, a7 = a0 + 7, a8 = a0 + 8, a9 = a0 + 9, a10 = a0 + 10, a11 = a0 + 11
    for _ in 0..<rounds {
        a0 = y.addingProduct(a0, x)
        a1 = y.addingProduct(a1, x)
        a2 = y.addingProduct(a2, x)
        a3 = y.addingProduct(a3, x)
        a4 = y.addingProduct(a4, x)
        a5 = y.addingProduct(a5, x)
        a6 = y.addingProduct(a6, x)
        a7 = y.addingProduct(a7, x)
        a8 = y.addingProduct(a8, x)
        a9 = y.addingProduct(a9, x)
        a10 = y.addingProduct(a10, x)
        a11 = y.addingProduct(a11, x)
    }
    return (((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7)) + ((a8 + a9) + (a10 + a11))).sum()
}
