import HTTPTypes
import Synchronization

/// How long requests took, by method, route and status, whatever became of them.
final class RequestMetrics: Sendable {
    /// Requests that are told apart.
    struct Series: Hashable {
        let method: String
        /// The route's template, so that there are as many as the service has routes, not as clients think of.
        let route: String
        let status: Int

        /// - Parameter route: nil where there is none for the path.
        init(method: HTTPRequest.Method, route: String?, status: Int) {
            self.method = Self.methods.contains(method.rawValue) ? method.rawValue : "OTHER"
            self.route = route ?? RequestMetrics.unmatched
            self.status = status
        }

        private static let methods: Set<String> = [
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE",
        ]
    }

    /// How all paths without a route are called together.
    static let unmatched = "unmatched"

    private let histograms = Mutex<[Series: LatencyHistogram]>([:])
    private let inFlight = Atomic<Int>(0)

    /// A request came.
    func begin() { inFlight.add(1, ordering: .relaxed) }

    /// It was answered.
    func end(_ series: Series, after duration: Duration) {
        inFlight.subtract(1, ordering: .relaxed)
        let seconds = duration / .seconds(1)
        histograms.withLock { $0[series, default: LatencyHistogram()].record(seconds) }
    }

    /// Writes everything.
    func write(to text: inout PrometheusText) {
        text.gauge(
            "coldstart_http_requests_in_flight", "Requests at work.",
            Double(inFlight.load(ordering: .relaxed)))
        let histograms = histograms.withLock { $0 }
        let name = "coldstart_http_request_duration_seconds"
        text.header(name, "histogram", "From a request's head to the head of its answer, failures included.")
        let order = histograms.keys.sorted {
            ($0.route, $0.method, $0.status) < ($1.route, $1.method, $1.status)
        }
        for series in order {
            let labels = [
                ("method", series.method), ("route", series.route), ("status", "\(series.status)"),
            ]
            histograms[series]?.write(to: &text, name, labels)
        }
    }
}
