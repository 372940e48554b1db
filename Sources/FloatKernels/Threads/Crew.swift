import Synchronization

/// What the threads of a pool share: the job, its number, and how many have yet to finish it.
///
/// Unchecked for `job` alone. It is written while no worker runs, before `number` is published with release
/// order; a worker reads it after it saw the new number with acquire order, and not after it counted itself out.
final class Crew: @unchecked Sendable {
    /// A closure that workers call with their number, behind a pointer so that nobody retains it past the job.
    struct Job {
        let body: (Int) -> Void
    }

    private let started = Gate()
    private let finished = Gate()
    private let number = Atomic<Int>(0)
    private let outstanding = Atomic<Int>(0)
    private var job: UnsafePointer<Job>?

    /// The number that ends the workers.
    private static let stop = -1
    /// Looks before a thread goes to sleep, some 10 µs: kernels follow one another in less time than that.
    private static let looks = 10_000

    /// Hands a job to `workers` waiting threads. One job at a time: `wait` comes before the next `start`.
    func start(_ job: UnsafePointer<Job>, workers: Int) {
        self.job = job
        outstanding.store(workers, ordering: .relaxed)
        let next = number.load(ordering: .relaxed) + 1
        started.open { number.store(next, ordering: .releasing) }
    }

    /// Returns when every worker has finished the job.
    func wait() {
        for _ in 0..<Crew.looks where outstanding.load(ordering: .acquiring) == 0 { return job = nil }
        finished.wait { outstanding.load(ordering: .acquiring) == 0 }
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
        for _ in 0..<Crew.looks {
            let current = number.load(ordering: .acquiring)
            if current != last { return current }
        }
        started.wait { number.load(ordering: .acquiring) != last }
        return number.load(ordering: .acquiring)
    }

    /// Never inlined: whatever the call retained is released before the worker counts itself out.
    @inline(never)
    private func perform(as worker: Int) {
        job?.pointee.body(worker)
    }
}
