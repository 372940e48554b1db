import FloatKernels
import Synchronization
import Testing

@Suite struct ThreadPoolTests {
    @Test(arguments: 1...5)
    func everyWorkerRunsOnce(threads: Int) {
        let pool = ThreadPool(threads: threads)
        let calls = Mutex([Int](repeating: 0, count: threads))
        for _ in 0..<200 { pool.run { worker in calls.withLock { $0[worker] += 1 } } }
        #expect(calls.withLock { $0 } == Array(repeating: 200, count: threads))
    }

    @Test(arguments: 1...4, [0, 1, 2, 3, 7, 100])
    func rangesCoverEverythingOnce(threads: Int, count: Int) {
        let pool = ThreadPool(threads: threads)
        for multiple in [1, 6] {
            let ranges = Mutex<[Range<Int>]>([])
            pool.forEachRange(count, multiple: multiple) { range in ranges.withLock { $0.append(range) } }
            let sorted = ranges.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
            #expect(sorted.count <= threads && sorted.flatMap(Array.init) == Array(0..<count))
            #expect(sorted.dropLast().allSatisfy { !$0.isEmpty && $0.count % multiple == 0 })
        }
    }

    @Test func nestedCallsRunEveryShareInTheCaller() {
        let pool = ThreadPool(threads: 3)
        let calls = Mutex<[String]>([])
        pool.run { outer in
            pool.run { inner in calls.withLock { $0.append("\(outer) \(inner)") } }
        }
        let expected = (0..<3).flatMap { outer in (0..<3).map { "\(outer) \($0)" } }
        #expect(calls.withLock { $0 }.sorted() == expected)
    }

    @Test func workersSeeWhatTheCallerWroteAndTheOtherWayRound() {
        let pool = ThreadPool(threads: 3)
        let buffer = GuardedBuffer([Float](repeating: 0, count: 3000))
        for _ in 0..<300 {
            pool.forEachRange(3000) { range in for i in range { buffer.base[i] += 1 } }
            for i in 0..<3000 { buffer.base[i] += 1 }
        }
        #expect(buffer.isIntact && buffer.values.allSatisfy { $0 == 600 })
    }

    /// Two pools' threads use a third pool at once: whoever comes second does all of its work itself.
    @Test func aSharedPoolLosesNothing() {
        let (callers, shared) = (ThreadPool(threads: 2), ThreadPool(threads: 2))
        let calls = Atomic<Int>(0)
        callers.run { _ in
            for _ in 0..<500 { shared.run { _ in calls.add(1, ordering: .relaxed) } }
        }
        #expect(calls.load(ordering: .relaxed) == 2000)
    }

    @Test func aPoolEndsItsThreads() {
        let calls = Atomic<Int>(0)
        for _ in 0..<200 {
            let pool = ThreadPool(threads: 4)
            pool.run { _ in calls.add(1, ordering: .relaxed) }
        }
        #expect(calls.load(ordering: .relaxed) == 800)
        #expect(ThreadPool.processorCount >= 1)
    }
}
