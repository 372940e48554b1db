import Foundation

/// Seconds that a call takes, over several repeats.
struct Timing {
    /// Of the fastest repeat.
    let best: Double
    /// Of the repeat in the middle.
    let median: Double
    /// Processor seconds of a call, of all threads together, in the best repeat: what other work on the machine does
    /// not lengthen.
    let processor: Double

    /// Runs `body` a few times, then `repeats` times for at least `minimum` seconds each.
    static func throughput(repeats: Int, minimum: Double = 0.1, _ body: () throws -> Void) rethrows -> Timing
    {
        let once = try seconds(of: body)
        let calls = max(1, Int(minimum / max(once, 1e-7)))
        return try throughput(repeats: repeats, calls: calls, body)
    }

    /// Runs `body` `repeats` times `calls` times.
    static func throughput(repeats: Int, calls: Int, _ body: () throws -> Void) rethrows -> Timing {
        var elapsed: [Double] = []
        var processor: [Double] = []
        for _ in 0..<repeats {
            let (wall, cpu) = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
            for _ in 0..<calls { try body() }
            elapsed.append((now(CLOCK_MONOTONIC) - wall) / Double(calls))
            processor.append((now(CLOCK_PROCESS_CPUTIME_ID) - cpu) / Double(calls))
        }
        return Timing(elapsed, processor: processor.min() ?? 0)
    }

    /// Times calls one by one: each repeat's figure is the median of its calls.
    static func latency(repeats: Int, calls: Int, _ body: () throws -> Void) rethrows -> Timing {
        for _ in 0..<max(10, calls / 10) { try body() }
        let cpu = now(CLOCK_PROCESS_CPUTIME_ID)
        let medians = try (0..<repeats).map { _ in
            median(try (0..<calls).map { _ in try seconds(of: body) })
        }
        let processor = (now(CLOCK_PROCESS_CPUTIME_ID) - cpu) / Double(repeats * calls)
        return Timing(medians, processor: processor)
    }

    /// From the seconds of each repeat.
    init(_ elapsed: [Double], processor: Double) {
        (best, median, self.processor) = (elapsed.min() ?? 0, Self.median(elapsed), processor)
    }

    /// Seconds that one call takes.
    static func seconds(of body: () throws -> Void) rethrows -> Double {
        let start = now(CLOCK_MONOTONIC)
        try body()
        return now(CLOCK_MONOTONIC) - start
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

extension BenchmarkRecord {
    /// Adds the figures of calls that are waited for one by one.
    mutating func addLatency(_ timing: Timing) {
        self["us_best"] = timing.best * 1e6
        self["us_median"] = timing.median * 1e6
    }

    /// Adds the figures of calls that handle `items` each.
    mutating func addThroughput(_ timing: Timing, items: Int) {
        self["per_s_best"] = Double(items) / timing.best
        self["per_s_median"] = Double(items) / timing.median
        self["per_cpu_s"] = Double(items) / timing.processor
    }

    /// Adds the speed of `operations` in the best time, and what part of the limit that is.
    mutating func addOperations(_ operations: Double, in timing: Timing, of limit: MachineLimit) {
        let gflops = operations / timing.best / 1e9
        self["gflops"] = gflops
        self["share_of_limit"] = gflops / limit.gigaflops
    }
}
