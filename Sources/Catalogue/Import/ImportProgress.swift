import Diagnostics
import Foundation

/// Progress over several files, in bytes as they lie on the disk.
final class ImportProgress {
    private let monitor: WorkMonitor
    private let sizes: [String: Int]
    private let total: Int
    private var finished = 0

    init(_ paths: [String], monitor: WorkMonitor) {
        self.monitor = monitor
        let pairs = paths.map { path in
            (path, (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
        }
        sizes = Dictionary(pairs, uniquingKeysWith: max)
        total = pairs.map(\.1).reduce(0, +)
    }

    /// Tells how far the file that is being read has come.
    ///
    /// - Parameters:
    ///   - rows: read of that file, each of them one of `unit`.
    /// - Throws: `Diagnostic.interrupted` once the user asked to stop.
    func report(_ stage: String, _ reader: CSVReader, rows: Int, _ unit: String) throws {
        try monitor.report(stage, min(finished + reader.position, total), of: total, unit, count: rows)
    }

    /// Tells that something else than reading has begun, of which nobody knows how long it takes.
    func report(_ stage: String) throws { try monitor.report(stage, 0) }

    /// Counts a file as read.
    func finish(_ path: String) { finished += sizes[path] ?? 0 }
}
