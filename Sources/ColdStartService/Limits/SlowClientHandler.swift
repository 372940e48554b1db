import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Ends connections of clients that send a request, or take an answer, so slowly that they hold it for nothing.
///
/// The time for idle connections does not see these: every byte makes a connection busy anew.
final class SlowClientHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A request that did not come to its end in time.
    struct SlowRequest: Error {}

    /// For the answer that says so to be on its way.
    private static let farewell = TimeAmount.seconds(1)

    private let timeout: TimeAmount
    private var isReading = false
    private var readDeadline: Scheduled<Void>?
    private var writeDeadline: Scheduled<Void>?

    /// - Parameter timeout: how long a whole request may take to come, and how long an answer may wait for its reader.
    init(timeout: TimeAmount) { self.timeout = timeout }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isReading = true
        case .body: break
        case .end:
            isReading = false
            readDeadline?.cancel()
            readDeadline = nil
        }
        context.fireChannelRead(data)
    }

    /// Nearly all requests come in one piece, and need no deadline.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading, readDeadline == nil {
            let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
            readDeadline = context.eventLoop.scheduleTask(in: timeout) {
                let (handler, context) = bound.value
                handler.readDeadline = nil
                context.fireErrorCaught(SlowRequest())
                handler.closeSoon(context)
            }
        }
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writeDeadline?.cancel()
        writeDeadline = nil
        if !context.channel.isWritable {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            writeDeadline = context.eventLoop.scheduleTask(in: timeout) { bound.value.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        readDeadline?.cancel()
        writeDeadline?.cancel()
    }

    private func closeSoon(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        readDeadline = context.eventLoop.scheduleTask(in: Self.farewell) { bound.value.close(promise: nil) }
    }
}
