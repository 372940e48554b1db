import AsyncAlgorithms
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation
import ServiceLifecycle

/// Server-sent events (WHATWG HTML, 9.2): what becomes of a training, as it happens.
enum EventStream {
    /// Between two lines of nothing, which keep the connection from being thought dead.
    private static let pause = Duration.seconds(10)

    /// An event for every change, the last one named `ended`.
    static func response(_ trainings: AsyncStream<Training>) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                let events = merge(
                    trainings.map(Optional.some),
                    AsyncTimerSequence(interval: pause, clock: .continuous).map { _ in Training?.none })
                for try await training in events.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: text(training)))
                    if training?.state.isOver == true { break }
                }
                try await writer.finish(nil)
            })
    }

    private static func text(_ training: Training?) throws -> String {
        guard let training else { return ": waiting\n\n" }
        let data = String(decoding: try StableJSON.encode(training, pretty: false), as: UTF8.self)
        return "event: \(training.state.isOver ? "ended" : "progress")\ndata: \(data)\n\n"
    }
}
