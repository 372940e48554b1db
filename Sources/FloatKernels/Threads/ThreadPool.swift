import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Threads that live as long as the pool and share out the work of the kernels.
///
/// The partition is fixed: a worker's share depends on its number and the number of threads alone, so the same
/// count gives the same bits. A pool does one job at a time. Where it is already at work (a body calls `run`
/// again, or two threads share a pool) the second call runs every share itself, one after another, which gives
/// the same result. So a body must not wait for another worker.
public final class ThreadPool: Sendable {
    /// The number of workers, the calling thread among them.
    public let threads: Int
    private let crew = Crew()
    private let workers: [WorkerThread]
    private let isBusy = Atomic<Bool>(false)

    /// Starts `threads` − 1 threads; the caller of `run` is the remaining worker.
    public init(threads: Int) {
        precondition(threads >= 1, "a pool has at least one thread")
        self.threads = threads
        var workers: [WorkerThread] = []
        for worker in 1..<max(threads, 1) {
            // Where the system refuses a thread, `run` does its share in the caller.
            guard let thread = WorkerThread({ [crew] in crew.work(as: worker) }) else { break }
            workers.append(thread)
        }
        self.workers = workers
    }

    deinit {
        crew.dismiss()
        for worker in workers { worker.join() }
    }

    /// The number of processors that the system has online.
    public static var processorCount: Int {
        max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// Calls `body` once with each worker number in 0..<threads and returns when all calls have returned.
    /// The calling thread is worker 0.
    public func run(_ body: (Int) -> Void) {
        withoutActuallyEscaping(body) { run(ClosureWork($0)) }
    }

    /// The same for work that is an object, so that nothing is allocated for a job.
    package func run(_ work: any PooledWork) {
        let free =
            !workers.isEmpty
            && isBusy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
        guard free else {
            for worker in 0..<threads { work.perform(as: worker) }
            return
        }
        crew.start(work, workers: workers.count)
        work.perform(as: 0)
        for unmanned in workers.count + 1..<max(threads, workers.count + 1) { work.perform(as: unmanned) }
        crew.wait()
        isBusy.store(false, ordering: .releasing)
    }

    /// Splits 0..<count into contiguous ranges of nearly equal length, at most one for each worker, and calls
    /// `body` with each that is not empty.
    public func forEachRange(_ count: Int, _ body: (Range<Int>) -> Void) {
        forEachRange(count, multiple: 1, body)
    }

    /// Like `forEachRange(_:_:)`, with every range but the last a multiple of `multiple` long.
    public func forEachRange(_ count: Int, multiple: Int, _ body: (Range<Int>) -> Void) {
        precondition(count >= 0 && multiple >= 1, "a range has a length, and is cut into whole pieces")
        let pieces = (count + multiple - 1) / multiple
        guard pieces > 1 && threads > 1 else {
            if count > 0 { body(0..<count) }
            return
        }
        run { worker in
            let start = min(count, worker * pieces / threads * multiple)
            let end = min(count, (worker + 1) * pieces / threads * multiple)
            if start < end { body(start..<end) }
        }
    }
}

/// Shares 0..<count among the threads of `pool` as `forEachRange` does, or does it here where there is none.
func share(_ count: Int, multiple: Int, _ pool: ThreadPool?, _ body: (Range<Int>) -> Void) {
    if let pool { pool.forEachRange(count, multiple: multiple, body) } else { body(0..<count) }
}

/// Work that every worker of a pool takes part in.
package protocol PooledWork: AnyObject {
    /// Does one worker's share.
    func perform(as worker: Int)
}

/// Work that is a closure.
private final class ClosureWork: PooledWork {
    private let body: (Int) -> Void

    init(_ body: @escaping (Int) -> Void) { self.body = body }

    func perform(as worker: Int) { body(worker) }
}
