/// A range of plausible values.
public struct Interval: Sendable, Codable, Equatable {
    /// Its ends.
    public let low, high: Double

    package init(low: Double, high: Double) { (self.low, self.high) = (low, high) }
}
