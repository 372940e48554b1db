import Dispatch

/// Threads for work that computes or waits for the disk, neither of which may be done on the event loop or on the threads of
/// Swift's concurrency.
///
/// On Linux a class of service is no more than a pool of as many threads as there are processors, and Swift's concurrency has
/// that of the default. Work there would keep every request waiting, probes too. So each worker takes another class.
final class Worker: Sendable {
    private let queue: DispatchQueue

    /// - Parameters:
    ///   - pool: whose threads it takes; one that nothing else has.
    ///   - isSerial: whether jobs run one after another.
    init(_ name: String, pool: DispatchQoS, isSerial: Bool) {
        queue = DispatchQueue(
            label: "coldstart.\(name)", qos: pool, attributes: isSerial ? [] : .concurrent)
    }

    /// Runs `job` on the worker's threads and gives what it gives.
    func run<Result: Sendable>(_ job: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try job() }) }
        }
    }
}
