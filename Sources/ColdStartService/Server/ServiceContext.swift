import Hummingbird
import Logging
import NIOCore

/// What goes with a request through the middleware to its route.
struct ServiceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's address, without port; nil where it has none.
    let peer: String?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }

    /// An id that a route names in its path.
    func id(_ name: String = "id") throws -> String {
        let id = try parameters.require(name)
        try Limits.check(id: id)
        return id
    }
}
