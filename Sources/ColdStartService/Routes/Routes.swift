import HTTPTypes
import Hummingbird

/// What answers a request.
typealias Handler = @Sendable (Request, ServiceContext) async throws -> Response

/// Some routes that belong together.
protocol Routes: Sendable {
    /// Registers them.
    func register(on router: Router<ServiceContext>)
}

extension Router<ServiceContext> {
    /// All that HTTP has for resources; QUERY is the newest (draft-ietf-httpbis-safe-method-w-body).
    private static var methods: [HTTPRequest.Method] {
        [.get, .post, .put, .patch, .delete, .options, .trace, .connect]
            + (HTTPRequest.Method("QUERY").map { [$0] } ?? [])
    }

    /// Registers what a path answers. Other methods are told which ones it has (405).
    func at(_ path: RouterPath, _ handlers: KeyValuePairs<HTTPRequest.Method, Handler>) {
        let known = handlers.map(\.key)
        for (method, handler) in handlers { on(path, method: method, use: handler) }
        let allowed = (known + (known.contains(.get) ? [.head] : [])).map(\.rawValue).sorted()
        for method in Self.methods where !known.contains(method) {
            on(path, method: method) { request, _ -> Response in
                var problem = Problem(
                    .methodNotAllowed, "request.method", "\(method.rawValue) is not possible here",
                    fix: "use \(allowed.joined(separator: " or "))")
                problem.headers[.allow] = allowed.joined(separator: ", ")
                throw problem
            }
        }
    }
}
