import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Tells clients that ask before they send a body to go on (RFC 9110, 10.1.1). curl asks before a large poster, and waits a
/// second for who does not answer.
final class ExpectationHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let bodyLimit: Int
    /// Requests whose answers have not ended; between these nothing may be written.
    private var unanswered = 0

    /// - Parameter bodyLimit: bytes of a body; who announces more is to get 413 instead.
    init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
            if unanswered == 0, length <= bodyLimit,
                head.headerFields[.expect]?.lowercased() == "100-continue"
            {
                context.writeAndFlush(
                    wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
            unanswered += 1
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        context.write(data, promise: promise)
    }
}
