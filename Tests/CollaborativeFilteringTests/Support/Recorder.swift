import Synchronization

/// The notes of a monitor, in order.
final class Recorder: Sendable {
    private let stored = Mutex<[String]>([])

    /// What was added so far.
    var notes: [String] { stored.withLock { $0 } }

    func add(_ note: String) { stored.withLock { $0.append(note) } }
}
