import Dispatch

/// Threads for work that computes or waits for the disk, neither of which may be done on the event loop or on the threads of
/// Swift's concurrency.
final class Worker: Sendable {
    private let queue: DispatchQueue

    /// - Parameter isSerial: whether jobs run one after another.
    init(_ name: String, isSerial: Bool) {
        queue = DispatchQueue(label: "coldstart.\(name)", attributes: isSerial ? [] : .concurrent)
    }

    /// Runs `job` on the worker's threads and gives what it gives.
    func run<Result: Sendable>(_ job: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try job() }) }
        }
    }
}
