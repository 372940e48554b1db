import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What the threads of a pool share: the job, its number, and how many have yet to finish it.
///
/// Unchecked for `job` alone. It is written while no worker runs, before `number` is published with release
/// order; a worker reads it after it saw the new number with acquire order, and not after it counted itself out.
final class Crew: @unchecked Sendable {
    private let started = Gate()
    private let finished = Gate()
    private let number = Atomic<Int>(0)
    private let outstanding = Atomic<Int>(0)
    private var job: (any PooledWork)?

    /// The number that ends the workers.
    private static let stop = -1
    /// Rounds of looking before a thread goes to sleep, some 50 µs: kernels follow one another in less time
    /// than that, and waking a sleeper takes longer than many of them.
    private static let rounds = 64
    /// Looks in a round, after which the thread lets others have the processor.
    private static let looks = 1_000

    /// Hands a job to `workers` waiting threads. One job at a time: `wait` comes before the next `start`.
    func start(_ job: any PooledWork, workers: Int) {
        self.job = job
        outstanding.store(workers, ordering: .relaxed)
        let next = number.load(ordering: .relaxed) + 1
        started.open { number.store(next, ordering: .releasing) }
    }

    /// Returns when every worker has finished the job.
    func wait() {
        let isDone = { [self] in outstanding.load(ordering: .acquiring) == 0 }
        if !Crew.look(for: isDone) { finished.wait(until: isDone) }
        job = nil
    }

    /// Makes every worker return from `work`.
    func dismiss() {
        started.open { number.store(Crew.stop, ordering: .releasing) }
    }

    /// A worker's life: takes part in one job after another until `dismiss`.
    func work(as worker: Int) {
        var last = 0
        while true {
            last = nextNumber(after: last)
            if last == Crew.stop { return }
            perform(as: worker)
            if outstanding.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
                finished.open {}
            }
        }
    }

    private func nextNumber(after last: Int) -> Int {
        let isNew = { [self] in number.load(ordering: .acquiring) != last }
        if !Crew.look(for: isNew) { started.wait(until: isNew) }
        return number.load(ordering: .acquiring)
    }

    /// Looks for a while whether `holds` has become true, without sleeping.
    @inline(__always)
    private static func look(for holds: () -> Bool) -> Bool {
        for _ in 0..<rounds {
            for _ in 0..<looks where holds() { return true }
            sched_yield()
        }
        return holds()
    }

    /// Never inlined: whatever the call retained is released before the worker counts itself out.
    @inline(never)
    private func perform(as worker: Int) {
        job?.perform(as: worker)
    }
}
