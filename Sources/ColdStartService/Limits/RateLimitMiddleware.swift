import Hummingbird

/// Holds every key, or every address that shows none, to its rate: 429 beyond. Probes of health are not counted.
struct RateLimitMiddleware: RouterMiddleware {
    private let buckets: TokenBuckets

    init(_ buckets: TokenBuckets) { self.buckets = buckets }

    func handle(
        _ request: Request, context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        if !context.isProbe,
            let seconds = buckets.take(context.caller.keyID ?? context.peer ?? "")
        {
            var problem = Problem(
                .tooManyRequests, "request.rate", "too many requests from this client",
                fix: "ask less often, or many things in one request")
            problem.retryAfter = max(1, Int(seconds.rounded(.up)))
            throw problem
        }
        return try await next(request, context)
    }
}
