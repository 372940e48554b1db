import Recommendation
import Synchronization

/// How often every new item stood in a list since the service started.
final class ExposureCounter: Sendable {
    private let counts = Mutex<[Int64: Int]>([:])

    /// Counts one list.
    func count(_ items: [Int64]) {
        guard !items.isEmpty else { return }
        counts.withLock { counts in
            for item in items { counts[item, default: 0] += 1 }
        }
    }

    /// Lists with an item, by its key.
    func count(ofItem key: Int64) -> Int { counts.withLock { $0[key] ?? 0 } }
}
