import Foundation

/// What the process takes of the machine, by the names that Prometheus has for it.
struct ProcessMetrics {
    private let startedAt = Date().timeIntervalSince1970

    func write(to text: inout PrometheusText) {
        text.gauge("process_start_time_seconds", "When the service started, since 1970.", startedAt)
        var usage = rusage()
        if getrusage(Self.this, &usage) == 0 {
            text.counter(
                "process_cpu_seconds_total", "Processor time in the program and for it in the kernel.",
                Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime))
        }
        if let bytes = Self.residentBytes {
            text.gauge("process_resident_memory_bytes", "Memory in use.", Double(bytes))
        }
        if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            text.gauge("process_open_fds", "Open files and connections.", Double(files))
        }
    }

    /// The second number of the file is pages in memory; nil where there is no such file.
    private static var residentBytes: Int? {
        guard let line = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let numbers = line.split(separator: " ").map { Int($0) }
        return numbers.count > 1 ? numbers[1].map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
    }

    #if os(Linux)
        private static let this = __rusage_who_t(RUSAGE_SELF.rawValue)
    #else
        private static let this = RUSAGE_SELF
    #endif

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }
}
