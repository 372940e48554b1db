import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What goes with a request through the middleware to its route.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's address, without port; nil where it has none.
    let peer: String?
    /// Who asks.
    var caller = Caller.anonymous

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }

    /// What names this request in answers and logs.
    var requestID: String { logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "" }

    /// An id that a route names in its path.
    func id(_ name: String = "id") throws -> String {
        // The router leaves segments as they came.
        guard let id = try parameters.require(name).removingPercentEncoding else {
            throw Problem(
                .badRequest, "request.malformed_path", "the path is not percent-encoded UTF-8",
                fix: "encode each part, such as %2F for a slash within an id")
        }
        guard Limits.isID(id) else { throw Query.invalid(name, id, Limits.idKind) }
        return id
    }

    /// The template of the route that answers; nil where there is none for the path, which the router calls "NotFound".
    var route: String? { endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil } }

    /// Whether somebody only wants to know whether the service is well.
    var isProbe: Bool { route?.hasPrefix("/health/") ?? false }
}
