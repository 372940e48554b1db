import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Draws viewers whose tastes depend in part on age, gender and country.
///
/// Which way they depend is drawn at random; it says nothing about people outside the sample.
struct Population {
    private static let countries = ["BR", "DE", "FR", "GB", "IN", "JP", "KR", "MX", "NG", "US"]
    private static let genders = ["F", "M", "X"]
    private static let fewestRatings = 20
    private static let mostRatings = 160
    private static let traits = Theme.allCases.count + Tone.allCases.count + Film.hiddenCount

    /// Traits × effect.
    private let byAge, byMiddleAge: [Float]
    private let byGender, byCountry: [[Float]]

    init(using random: inout RandomGenerator) {
        byAge = random.normals(Self.traits, deviation: 0.34)
        byMiddleAge = random.normals(Self.traits, deviation: 0.2)
        byGender = Self.genders.map { _ in random.normals(Self.traits, deviation: 0.28) }
        byCountry = Self.countries.map { _ in random.normals(Self.traits, deviation: 0.3) }
    }

    /// Viewers who together give `ratings` ratings.
    func viewers(_ count: Int, ratings: Int, using random: inout RandomGenerator) -> [Viewer] {
        let counts = Self.shares(of: ratings, among: count, &random)
        return counts.map { viewer(ratingCount: $0, &random) }
    }

    private func viewer(ratingCount: Int, _ random: inout RandomGenerator) -> Viewer {
        let age = 13 + Int(66 * (random.uniform() + random.uniform() * random.uniform()) / 2)
        let gender = random.index(weights: [0.49, 0.47, 0.04])
        let country = random.index(weights: [9, 9, 9, 10, 14, 8, 7, 8, 10, 16])
        // -1 at 13, +1 at 79.
        let position = Float(age - 46) / 33
        let tastes = (0..<Self.traits).map { trait in
            byAge[trait] * position * 1.7 + byMiddleAge[trait] * (1 - 3 * position * position)
                + byGender[gender][trait] + byCountry[country][trait] + 0.8 * random.normal()
        }
        return Viewer(
            age: age, gender: Self.genders[gender], country: Self.countries[country], tastes: tastes,
            generosity: 0.32 * random.normal(), ratingCount: ratingCount)
    }

    /// Few give many: log-normal shares between the bounds, which add up to the total.
    private static func shares(of total: Int, among count: Int, _ random: inout RandomGenerator) -> [Int] {
        precondition(
            (fewestRatings * count...mostRatings * count).contains(total), "the ratings fit the viewers")
        let weights = (0..<count).map { _ in expf(0.75 * random.normal()) }
        let scale = Float(total - fewestRatings * count) / weights.reduce(0, +)
        var counts = weights.map { min(mostRatings, fewestRatings + Int($0 * scale)) }
        var left = total - counts.reduce(0, +)
        var next = 0
        while left > 0 {
            if counts[next] < mostRatings {
                counts[next] += 1
                left -= 1
            }
            next = (next + 1) % count
        }
        return counts
    }
}
