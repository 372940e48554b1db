import HTTPTypes
import Hummingbird
import Logging

/// Outermost: gives every answer its request's id, and every error its form.
struct ObservationMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            var problem = Problem(error)
            problem.instance = request.uri.path
            problem.requestId = context.requestID
            if problem.status.code >= 500 {
                context.logger.error("request failed", metadata: ["error": "\(error)"])
            }
            response = problem.response
        }
        if let name = HTTPField.Name("X-Request-Id") { response.headers[name] = context.requestID }
        return response
    }
}
