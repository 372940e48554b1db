import Foundation

/// Measures the stages of a piece of work, one after the other.
struct StageClock {
    private var start = ContinuousClock.now

    /// Seconds since the last lap.
    mutating func lap() -> Double {
        let now = ContinuousClock.now
        defer { start = now }
        let passed = (now - start).components
        return Double(passed.seconds) + (Double(passed.attoseconds) / 1e15).rounded() / 1e3
    }
}

/// The time of day.
package enum Clock {
    /// Whole seconds since 1970.
    package static func now() -> Int64 { Int64(Date().timeIntervalSince1970) }
}

/// The release of the product.
public enum Release {
    /// Semantic version, as in CHANGELOG.md.
    public static let version = "0.1.0"
}
