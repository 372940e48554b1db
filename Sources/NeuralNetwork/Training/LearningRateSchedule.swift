#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One cycle: linearly from a twenty-fifth up to the peak, then along half a cosine to zero (after Smith & Topin 2017).
public struct LearningRateSchedule: Sendable, Equatable {
    /// The highest rate.
    public var peak: Float
    /// The share of all steps that the way up takes, 0…1; zero leaves the cosine alone.
    public var warmUp: Float

    /// A schedule with that peak.
    public init(peak: Float, warmUp: Float = 0.2) {
        precondition(peak >= 0 && (0...1).contains(warmUp))
        self.peak = peak
        self.warmUp = warmUp
    }

    /// The rate of a step in 0..<total.
    public func rate(step: Int, of total: Int) -> Float {
        let progress = (Float(step) + 0.5) / Float(max(total, 1))
        if progress < warmUp { return peak * (0.04 + 0.96 * progress / warmUp) }
        let fall = (progress - warmUp) / max(1 - warmUp, .leastNormalMagnitude)
        return peak * 0.5 * (1 + cos(.pi * min(fall, 1)))
    }
}
