import CAllocationCounter

/// Counts the allocations of this thread, so that tests that run at the same time do not disturb.
enum AllocationCounter {
    static var counts: Bool { allocation_count() >= 0 }

    static func count(_ body: () throws -> Void) rethrows -> Int {
        let before = allocation_count()
        try body()
        return allocation_count() - before
    }
}
