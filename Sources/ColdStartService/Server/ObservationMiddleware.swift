import HTTPTypes
import Hummingbird
import Logging

/// Outermost: knows who asks, and gives every answer its request's id, its headers, its form where it is an error, and its
/// place in metrics and log.
struct ObservationMiddleware: RouterMiddleware {
    private let keyring: Keyring
    private let metrics: RequestMetrics

    init(_ keyring: Keyring, _ metrics: RequestMetrics) {
        self.keyring = keyring
        self.metrics = metrics
    }

    func handle(
        _ request: Request, context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        metrics.begin()
        var context = context
        context.caller = keyring.caller(of: request)
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request, context)
        }
        SecurityHeaders.add(to: &response)
        if let name = Self.requestID {
            response.headers.append(HTTPField(name: name, value: context.requestID))
        }
        let duration = ContinuousClock.now - start
        metrics.end(
            RequestMetrics.Series(
                method: request.method, route: context.route, status: response.status.code),
            after: duration)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)",
                "route": "\(context.route ?? RequestMetrics.unmatched)",
                "status": "\(response.status.code)", "ms": "\(Self.milliseconds(duration))",
                "key": "\(context.caller.keyID ?? "-")",
            ])
        return response
    }

    private static let requestID = HTTPField.Name("X-Request-Id")

    /// An error as the client gets it; what the client cannot be told is in the log.
    private func answer(to error: any Error, _ request: Request, _ context: ServiceContext) -> Response {
        var problem: Problem
        if error is SlowClientHandler.SlowRequest {
            problem = Problem(
                .requestTimeout, "request.slow", "the request took too long to come",
                fix: "send less at a time")
            problem.headers[.connection] = "close"
        } else {
            problem = Problem(error)
        }
        problem.instance = request.uri.path
        problem.requestId = context.requestID
        if problem.status.code >= 500, !(error is Problem) {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
        }
        return problem.response
    }

    /// With three digits after the point.
    private static func milliseconds(_ duration: Duration) -> Double {
        Double(Int64(duration / .microseconds(1))) / 1000
    }
}
