import Synchronization

/// A count that several threads may raise.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    /// How often `increment` was called.
    var value: Int { count.load(ordering: .relaxed) }

    func increment() { count.add(1, ordering: .relaxed) }
}
