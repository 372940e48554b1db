import ArgumentParser
import FloatKernels

/// What the machine can do at most, and how near the matrix product comes.
struct LimitsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "Multiply-adds, reads from memory, and the matrix product.")

    @OptionGroup var options: BenchmarkOptions

    func run() {
        let pool = ThreadPool(threads: options.threads)
        let limit = MachineLimit(pool: pool, repeats: options.repeats)
        var record = BenchmarkRecord("limits", "fma_peak_coldstart", threads: options.threads)
        record["gflops_best"] = limit.gigaflops
        record["gflops_median"] = limit.medianGigaflops
        options.emit(record)

        let read = ReadBandwidth(pool: pool, repeats: options.repeats)
        record = BenchmarkRecord("limits", "read_coldstart", threads: options.threads)
        record["GBps_best"] = read.best
        record["GBps_median"] = read.median
        options.emit(record)

        for size in [256, 1024, 2048] { options.emit(product(size, limit, pool)) }
    }

    private func product(_ n: Int, _ limit: MachineLimit, _ pool: ThreadPool) -> BenchmarkRecord {
        var generator = RandomGenerator(seed: 1)
        let (a, b) = (Matrix(n, n, normal: &generator), Matrix(n, n, normal: &generator))
        let timing = Timing.throughput(repeats: options.repeats, minimum: 0.3) {
            _ = matrixProduct(a, b, pool: pool)
        }
        var record = BenchmarkRecord("limits", "sgemm_coldstart_\(n)", threads: options.threads)
        let operations = 2 * Double(n * n * n)
        record["gflops_best"] = operations / timing.best / 1e9
        record["gflops_median"] = operations / timing.median / 1e9
        record["share_of_limit"] = operations / timing.best / 1e9 / limit.gigaflops
        return record
    }
}

extension Matrix {
    /// A matrix of normal deviates.
    init(_ rows: Int, _ columns: Int, normal generator: inout RandomGenerator) {
        self.init(
            rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in generator.normal() })
    }
}
