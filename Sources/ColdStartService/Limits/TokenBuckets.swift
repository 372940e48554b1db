import Synchronization

/// Requests that every client may still make: a bucket each, which fills at a steady rate up to a burst.
package final class TokenBuckets: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    /// From how many clients on those whose bucket is full again are forgotten.
    private static let mostBuckets = 10_000

    private let rate: Double
    private let burst: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameters:
    ///   - rate: tokens a second, above 0.
    ///   - burst: tokens in a full bucket, at least 1.
    package init(rate: Double, burst: Double) {
        precondition(rate > 0 && burst >= 1)
        self.rate = rate
        self.burst = burst
    }

    /// Takes a token for a client.
    ///
    /// - Returns: nil where there was one, else the seconds until there is.
    package func take(_ client: String, now: ContinuousClock.Instant = .now) -> Double? {
        buckets.withLock { buckets in
            if buckets.count >= Self.mostBuckets, buckets[client] == nil {
                buckets = buckets.filter { filled($0.value, now).tokens < burst }
                // So many at once are one crowd; who is new in it starts anew.
                if buckets.count >= Self.mostBuckets { buckets = [:] }
            }
            var bucket = filled(buckets[client] ?? Bucket(tokens: burst, filledAt: now), now)
            defer { buckets[client] = bucket }
            guard bucket.tokens >= 1 else { return (1 - bucket.tokens) / rate }
            bucket.tokens -= 1
            return nil
        }
    }

    private func filled(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Bucket {
        let seconds = max(0, (now - bucket.filledAt) / .seconds(1))
        return Bucket(tokens: min(burst, bucket.tokens + seconds * rate), filledAt: now)
    }
}
