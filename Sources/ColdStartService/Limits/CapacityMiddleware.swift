import Hummingbird
import Synchronization

/// Refuses what would only wait: 503 while as many requests are at work as may be. Probes of health and metrics always pass,
/// as they are asked for most in such a moment.
struct CapacityMiddleware: RouterMiddleware {
    /// Counts the requests at work.
    final class Gauge: Sendable {
        fileprivate let count = Atomic<Int>(0)
    }

    private let limit: Int
    private let atWork = Gauge()

    init(limit: Int) { self.limit = limit }

    func handle(
        _ request: Request, context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        if context.isProbe || context.route == "/metrics" {
            return try await next(request, context)
        }
        defer { atWork.count.subtract(1, ordering: .relaxed) }
        guard atWork.count.add(1, ordering: .relaxed).newValue <= limit else {
            var problem = Problem(
                .serviceUnavailable, "service.busy", "the service has as many requests at work as it takes",
                fix: "try again in a moment")
            problem.retryAfter = 1
            throw problem
        }
        return try await next(request, context)
    }
}
