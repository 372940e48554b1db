import CAllocationCounter

/// Counts the allocations of this thread, so that tests that run at the same time do not disturb.
enum AllocationCounter {
    static var counts: Bool { allocation_count() >= 0 }

    /// What the counter stood at, again and again. Used by one thread.
    final class Record: @unchecked Sendable {
        private(set) var counts: [Int] = []

        init(capacity: Int) { counts.reserveCapacity(capacity) }

        func note() { counts.append(allocation_count()) }
    }
}
