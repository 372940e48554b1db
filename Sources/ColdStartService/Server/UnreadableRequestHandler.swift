import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Tells who sends what is no request what is wrong with it, as all errors are told: below the routes there is but an empty 400.
///
/// The server writes that one in its turn, after the answers to requests before it. Here it gets its status and its content.
final class UnreadableRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var isInBody = false
    /// What has not been told yet.
    private var problem: Problem?
    /// Whether the request has had its answer: it failed in its body, which its route reads, or will not miss.
    private var isAnswered = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isInBody = true
        case .body: break
        case .end: isInBody = false
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError { problem = Self.problem(error) }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isAnswered else {
            promise?.succeed()
            return
        }
        guard let problem, case .head(let head) = unwrapOutboundIn(data), head.status == .badRequest,
            head.headerFields[.contentLength] == "0"
        else { return context.write(data, promise: promise) }
        guard !isInBody else {
            isAnswered = true
            promise?.succeed()
            return
        }
        self.problem = nil
        var response = problem.response
        SecurityHeaders.add(to: &response)
        response.headers[.connection] = "close"
        let told = HTTPResponse(status: response.status, headerFields: response.headers)
        context.write(wrapOutboundOut(.head(told)), promise: nil)
        context.write(wrapOutboundOut(.body(problem.bytes)), promise: promise)
    }

    private static func problem(_ error: HTTPParserError) -> Problem {
        guard error == .headerOverflow else {
            return Problem(
                .badRequest, "request.unreadable", "this is no request of HTTP/1.1: \(error)",
                fix: "send what RFC 9112 describes; see /openapi.json for how to ask")
        }
        return Problem(
            .requestHeaderFieldsTooLarge, "request.head_too_large",
            "the request's path or its headers are too large", fix: "send fewer and shorter headers")
    }
}
