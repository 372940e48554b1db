import HTTPTypes
import Hummingbird

/// The dashboard: a page at `/`, and its files in `/dashboard/`.
///
/// The files hold nothing of the catalogue, so they need no key. What they show, the browser asks for under `/v1`.
struct DashboardRoutes: Routes {
    func register(on router: Router<ServiceContext>) {
        for file in DashboardFile.all {
            let path = file.name == "index.html" ? "/" : "/dashboard/\(file.name)"
            router.at(RouterPath(path), [.get: { request, _ in try await Self.answer(request, file) }])
        }
    }

    /// Code and styles come from here alone, and nobody else may frame the page. `blob:` is for posters that are about to be
    /// added, or fetched with a key.
    static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static func answer(_ request: Request, _ file: DashboardFile) async throws -> Response {
        // Asked for anew each time, as the next release has others; mostly answered with 304.
        var response = try await request.conditional(onTag: file.entityTag, caching: "no-cache") {
            Answer.bytes(file.bytes, file.mediaType)
        }
        response.headers[.contentSecurityPolicy] = contentSecurityPolicy
        return response
    }
}
