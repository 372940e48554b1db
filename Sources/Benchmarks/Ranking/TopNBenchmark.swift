import ArgumentParser
import FloatKernels

/// The ten items with the largest inner products.
struct TopNBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topn", abstract: "The ten best of up to a million items, 64 dimensions.")

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Leave out catalogues larger than this.")
    var maxItems = 1_000_000

    func run() {
        let pool = ThreadPool(threads: options.threads)
        let queries = Matrix.reference(rows: 1_000, seed: 3, pool: pool)
        let bandwidth = ReadBandwidth(pool: pool, repeats: options.repeats)
        for count in [10_000, 100_000, 1_000_000] where count <= maxItems {
            let items = Matrix.reference(rows: count, seed: 11, pool: pool)
            options.emit(one(queries, items, bandwidth, pool))
        }
        options.emit(
            many(
                Matrix.reference(rows: 6_040, seed: 6, pool: pool),
                Matrix.reference(rows: 3_706, seed: 5, pool: pool), pool))
    }

    /// One user at a time, another one each call.
    private func one(
        _ queries: Matrix, _ items: Matrix, _ bandwidth: ReadBandwidth, _ pool: ThreadPool
    ) -> BenchmarkRecord {
        let users = (0..<queries.rows).map { Matrix(rows: 1, columns: 64, elements: queries.row($0)) }
        var call = 0
        let timing = Timing.latency(repeats: options.repeats, calls: items.rows < 500_000 ? 200 : 40) {
            _ = Self.bestItems(of: items, for: users[call % users.count], pool: pool)
            call += 1
        }
        var record = BenchmarkRecord("topn", "coldstart/\(items.rows)", threads: options.threads)
        record.addLatency(timing)
        record["GBps"] = Double(items.elements.count * MemoryLayout<Float>.size) / timing.best / 1e9
        record["share_of_limit"] = (record["GBps"] ?? 0) / bandwidth.best
        return record
    }

    private func many(_ users: Matrix, _ items: Matrix, _ pool: ThreadPool) -> BenchmarkRecord {
        let limit = MachineLimit(pool: pool, repeats: options.repeats)
        let timing = Timing.throughput(repeats: options.repeats) {
            Self.bestItemsOfAll(users, items, pool: pool)
        }
        var record = BenchmarkRecord(
            "topn", "batch_\(users.rows)x\(items.rows)/coldstart", threads: options.threads)
        record["ms_best"] = timing.best * 1e3
        record["ms_median"] = timing.median * 1e3
        record["users_per_s"] = Double(users.rows) / timing.best
        record["cpu_ms"] = timing.processor * 1e3
        record.addOperations(2 * Double(users.rows * items.rows * 64), in: timing, of: limit)
        return record
    }

    private static let wanted = 10

    /// The best items of one user, a vector of one row.
    private static func bestItems(
        of items: Matrix, for user: Matrix, pool: ThreadPool
    ) -> [(index: Int, score: Float)] {
        let scores = matrixProduct(user, items, transposingB: true, pool: pool)
        return scores.elements.withUnsafeBufferPointer { scores in
            scores.baseAddress.map { largest(wanted, of: $0, count: scores.count) } ?? []
        }
    }

    /// The best items of every user.
    private static func bestItemsOfAll(_ users: Matrix, _ items: Matrix, pool: ThreadPool) {
        let block = 256
        for start in stride(from: 0, to: users.rows, by: block) {
            let end = min(start + block, users.rows)
            let rows = Matrix(
                rows: end - start, columns: users.columns,
                elements: Array(users.elements[start * users.columns..<end * users.columns]))
            let scores = matrixProduct(rows, items, transposingB: true, pool: pool)
            scores.elements.withUnsafeBufferPointer { buffer in
                nonisolated(unsafe) let scores = buffer
                pool.forEachRange(end - start) { range in
                    guard let base = scores.baseAddress else { return }
                    for row in range { _ = largest(wanted, of: base + row * items.rows, count: items.rows) }
                }
            }
        }
    }
}
