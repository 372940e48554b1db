/// Metrics in the text format 0.0.4 of Prometheus.
struct PrometheusText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// The lines before the samples of a metric.
    mutating func header(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    /// A value.
    mutating func sample(_ name: String, labels: [(String, String)] = [], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",") + "}"
        }
        text += " \(Self.number(value))\n"
    }

    /// A metric of one value.
    mutating func gauge(
        _ name: String, _ help: String, labels: [(String, String)] = [], _ value: Double
    ) {
        header(name, "gauge", help)
        sample(name, labels: labels, value)
    }

    /// A metric of one value that only grows.
    mutating func counter(_ name: String, _ help: String, _ value: Double) {
        header(name, "counter", help)
        sample(name, value)
    }

    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
