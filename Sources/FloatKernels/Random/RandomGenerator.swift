#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A seeded source of random numbers: xoshiro256**, D. Blackman and S. Vigna, "Scrambled Linear Pseudorandom
/// Number Generators", ACM TOMS 47(4), 2021; its state is filled by splitmix64, as its authors advise.
///
/// The same seed and stream give the same numbers for ever: nothing here is left to the standard library, whose
/// algorithms may change.
public struct RandomGenerator: RandomNumberGenerator, Sendable {
    private var s0, s1, s2, s3: UInt64
    /// The second value of a pair of normal deviates, until it is asked for.
    private var spare: Float?

    /// A generator for one `stream` of a `seed`; different streams of one seed are independent, for instance one
    /// for each worker or for each purpose.
    public init(seed: UInt64, stream: UInt64 = 0) {
        var seeds = SplitMix64(state: seed)
        // Hashed twice, so that neighbouring seeds and streams do not meet in splitmix64's own sequence.
        var streams = SplitMix64(state: seeds.next() &+ stream)
        var filling = SplitMix64(state: streams.next())
        self.init(state: (filling.next(), filling.next(), filling.next(), filling.next()))
    }

    /// A generator in a given state, not all zero: for comparison with the authors' own sequence.
    package init(state: (UInt64, UInt64, UInt64, UInt64)) {
        (s0, s1, s2, s3) = state
    }

    /// Sixty-four random bits.
    public mutating func next() -> UInt64 {
        let result = rotate(s1 &* 5, by: 7) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = rotate(s3, by: 45)
        return result
    }

    /// A number in [0, 1), a multiple of 2⁻²⁴, each as likely as the others.
    public mutating func uniform() -> Float {
        Float(next() >> 40) * 0x1p-24
    }

    /// A number from the normal distribution of mean 0 and variance 1.
    ///
    /// G. Marsaglia's polar method: a random point of the unit disc gives two independent deviates.
    public mutating func normal() -> Float {
        if let value = spare {
            spare = nil
            return value
        }
        while true {
            let x = symmetricUniform()
            let y = symmetricUniform()
            let square = x * x + y * y
            guard square > 0 && square < 1 else { continue }
            let factor = (-2 * log(square) / square).squareRoot()
            spare = Float(y * factor)
            return Float(x * factor)
        }
    }

    /// A whole number in 0..<n, each exactly as likely as the others.
    ///
    /// D. Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29(1), 2019.
    public mutating func index(below n: Int) -> Int {
        precondition(n > 0, "there is no index below zero")
        let bound = UInt64(n)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let excess = (0 &- bound) % bound
            while product.low < excess { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// Brings `array` into a random order, each as likely as the others (Fisher and Yates).
    public mutating func shuffle<T>(_ array: inout [T]) {
        for last in stride(from: array.count - 1, to: 0, by: -1) {
            array.swapAt(last, index(below: last + 1))
        }
    }

    /// A number in [−1, 1), a multiple of 2⁻⁵².
    private mutating func symmetricUniform() -> Double {
        Double(Int64(bitPattern: next()) >> 11) * 0x1p-52
    }
}

/// Bits `x` turned left by `count`.
@inline(__always)
private func rotate(_ x: UInt64, by count: UInt64) -> UInt64 {
    (x << count) | (x >> (64 - count))
}
