import HTTPTypes
import Hummingbird

/// Lets through who may do what the request does.
///
/// Where no keys are required, the service is this machine's alone. Then it refuses what a page of some other site makes
/// the browser of this machine send, and what comes by a name that is not this machine's.
struct AuthorizationMiddleware: RouterMiddleware {
    private let keyring: Keyring

    init(_ keyring: Keyring) { self.keyring = keyring }

    func handle(
        _ request: Request, context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        if let needed = Self.role(for: request.method, context.route) {
            if keyring.isRequired {
                try check(context.caller, needed)
            } else {
                try checkOrigin(request)
            }
        }
        return try await next(request, context)
    }

    /// Questions that are too long for an address; nothing is stored.
    private static let askedByPost: Set<String> = ["/v1/recommendations", "/v1/comparisons"]

    /// The role that a request needs; nil where anybody may: what is outside `/v1` and `/metrics`.
    ///
    /// - Parameter template: the route that will answer, as the router found it, so that no spelling of a path leads around
    ///   this; nil where none will.
    static func role(for method: HTTPRequest.Method, _ template: String?) -> Role? {
        guard let template, template.hasPrefix("/v1/") || template == "/metrics" else { return nil }
        if method == .get || method == .head || askedByPost.contains(template) { return .read }
        return template.hasPrefix("/v1/trainings") || template.hasPrefix("/v1/models") ? .admin : .write
    }

    private func check(_ caller: Caller, _ needed: Role) throws {
        switch caller {
        case .holder(_, let role) where role >= needed: return
        case .holder(_, let role):
            throw Problem(
                .forbidden, "auth.role", "a key with the role '\(role.rawValue)' may not do this",
                fix: "use a key with the role '\(needed.rawValue)'")
        case .anonymous:
            throw Self.unauthorized("auth.required", "this needs a key", challenge: "Bearer")
        case .refused:
            throw Self.unauthorized(
                "auth.invalid", "the key is unknown or revoked",
                challenge: "Bearer error=\"invalid_token\"")
        }
    }

    private static func unauthorized(_ code: String, _ detail: String, challenge: String) -> Problem {
        var problem = Problem(
            .unauthorized, code, detail,
            fix: "send 'Authorization: Bearer TOKEN'; 'coldstart keys add' makes a token")
        problem.headers[.wwwAuthenticate] = challenge
        return problem
    }

    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

    private func checkOrigin(_ request: Request) throws {
        if let authority = request.head.authority, !authority.isEmpty,
            !ListenAddress.isLoopback(ListenAddress.host(of: authority))
        {
            throw Problem(
                .forbidden, "request.host",
                "without keys the service answers to this machine's own names only",
                fix: "ask for it as 127.0.0.1 or localhost, or make a key with 'coldstart keys add'")
        }
        guard request.method != .get, request.method != .head,
            let site = Self.fetchSite.flatMap({ request.headers[$0] })
        else { return }
        if site != "same-origin", site != "none" {
            throw Problem(
                .forbidden, "request.cross_site", "a page of another site may not do this",
                fix: "use the service's own pages, or a client that is no browser")
        }
    }
}
