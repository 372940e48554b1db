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
            let exact = ProductScan(vectors: items, isQuantised: false)
            let quantised = ProductScan(vectors: items, isQuantised: true, pool: pool)
            options.emit(one("coldstart_float", exact, queries, bandwidth, pool))
            var record = one("coldstart_int8", quantised, queries, bandwidth, pool)
            record["recall"] = recall(of: quantised, against: exact, queries, pool)
            options.emit(record)
        }
        options.emit(
            many(
                Matrix.reference(rows: 6_040, seed: 6, pool: pool),
                Matrix.reference(rows: 3_706, seed: 5, pool: pool), pool))
    }

    /// One user at a time, another one each call.
    private func one(
        _ name: String, _ scan: ProductScan, _ queries: Matrix, _ bandwidth: ReadBandwidth, _ pool: ThreadPool
    ) -> BenchmarkRecord {
        let users = (0..<queries.rows).map(queries.row)
        var call = 0
        let timing = Timing.latency(repeats: options.repeats, calls: scan.count < 500_000 ? 200 : 40) {
            _ = scan.largest(Self.wanted, query: users[call % users.count], pool: pool)
            call += 1
        }
        var record = BenchmarkRecord("topn", "\(name)/\(scan.count)", threads: options.threads)
        record.addLatency(timing)
        // Of the table of floats, which a scan in eight bits mostly leaves unread: there the share may exceed one.
        record["GBps"] = Double(scan.count * 64 * MemoryLayout<Float>.size) / timing.best / 1e9
        record["share_of_limit"] = (record["GBps"] ?? 0) / bandwidth.best
        return record
    }

    /// The share of the items chosen by `exact` that `scan` chooses too, over a hundred users.
    private func recall(
        of scan: ProductScan, against exact: ProductScan, _ queries: Matrix, _ pool: ThreadPool
    ) -> Double {
        let hits = (0..<100).map { row in
            let wanted = exact.largest(Self.wanted, query: queries.row(row), pool: pool).map(\.index)
            let found = scan.largest(Self.wanted, query: queries.row(row), pool: pool).map(\.index)
            return Set(wanted).intersection(found).count
        }
        return Double(hits.reduce(0, +)) / Double(hits.count * Self.wanted)
    }

    private func many(_ users: Matrix, _ items: Matrix, _ pool: ThreadPool) -> BenchmarkRecord {
        let limit = MachineLimit(pool: pool, repeats: options.repeats)
        let scan = ProductScan(vectors: items)
        let timing = Timing.throughput(repeats: options.repeats) {
            _ = scan.largest(Self.wanted, queries: users, pool: pool)
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
}
