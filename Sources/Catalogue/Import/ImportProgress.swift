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
    /// - Throws: `Diagnostic.interrupted` once the user asked to stop.
    func report(_ stage: String, _ reader: CSVReader) throws {
        try monitor.report(stage, min(finished + reader.position, total), of: total)
    }

    /// Counts a file as read.
    func finish(_ path: String) { finished += sizes[path] ?? 0 }
}
