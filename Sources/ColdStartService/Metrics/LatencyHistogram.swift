/// Durations, counted by how long they were.
struct LatencyHistogram {
    /// Upper bounds in seconds; what is longer than the last is only in the sum and the count.
    static let bounds = [
        0.000_25, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private var counts = [Int](repeating: 0, count: bounds.count)
    private var sum = 0.0
    private var count = 0

    /// Counts a duration.
    mutating func record(_ seconds: Double) {
        count += 1
        sum += seconds
        if let bucket = Self.bounds.firstIndex(where: { seconds <= $0 }) { counts[bucket] += 1 }
    }

    /// Writes it as Prometheus has histograms: every bucket holds those before it too.
    func write(to text: inout PrometheusText, _ name: String, _ labels: [(String, String)]) {
        var total = 0
        for (bound, count) in zip(Self.bounds, counts) {
            total += count
            text.sample(name + "_bucket", labels: labels + [("le", "\(bound)")], Double(total))
        }
        text.sample(name + "_bucket", labels: labels + [("le", "+Inf")], Double(count))
        text.sample(name + "_sum", labels: labels, sum)
        text.sample(name + "_count", labels: labels, Double(count))
    }
}
