import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Lets viewers choose films and rate them.
///
/// Stars = 3.3 + generosity + quality + affinity + noise, rounded to 1...5. Films are chosen, not assigned: those
/// that fit the viewer's taste, that are popular, and that fit the mood of the evening, so evenings have a theme.
struct Audience {
    private let films: [Film]
    /// Viewers × films, in stars, mean 0 over all pairs.
    let affinities: [[Float]]

    /// Deviation of the affinity over all pairs, and of what no model can know, in stars.
    private static let affinityDeviation: Float = 0.85
    private static let noiseDeviation: Float = 0.6

    private static let day = 86_400
    /// 1 January 2025 and 31 October 2026: after the catalogue's last year, so that all films were there to be chosen
    /// all the time and nobody learns a film's age from how long it could be rated.
    private static let period = 1_735_689_600...1_793_404_800

    init(_ viewers: [Viewer], _ films: [Film]) {
        self.films = films
        let latents = films.map(\.latent)
        let mean = latents[0].indices.map { trait in
            latents.reduce(Float(0)) { $0 + $1[trait] } / Float(latents.count)
        }
        let centred = latents.map { zip($0, mean).map { $0 - $1 } }
        let raw = viewers.map { viewer in centred.map { dot($0, viewer.tastes) } }
        let square = raw.reduce(Double(0)) { sum, row in row.reduce(sum) { $0 + Double($1 * $1) } }
        let deviation = Float((square / Double(viewers.count * films.count)).squareRoot())
        affinities = raw.map { row in row.map { $0 * Self.affinityDeviation / deviation } }
    }

    /// All ratings of one viewer, in the order of time.
    func ratings(of viewer: Viewer, at position: Int, using random: inout RandomGenerator) -> [Rating] {
        let evenings = Self.evenings(viewer.ratingCount, &random)
        var seen = [Bool](repeating: false, count: films.count)
        var ratings: [Rating] = []
        for evening in evenings {
            let mood = random.index(scores: viewer.tastes.prefix(Theme.allCases.count).map { $0 * 0.7 })
            var time = evening.start
            for _ in 0..<evening.films {
                let film = choose(position, mood, seen, yearOf: time, &random)
                seen[film] = true
                let stars =
                    3.3 + viewer.generosity + films[film].quality + affinities[position][film]
                    + Self.noiseDeviation * random.normal()
                time += 5_400 + random.index(below: 3_600)
                ratings.append(
                    Rating(
                        viewer: position, film: film, stars: min(max(Int(stars.rounded()), 1), 5),
                        timestamp: time))
            }
        }
        return ratings
    }

    private func choose(
        _ viewer: Int, _ mood: Int, _ seen: [Bool], yearOf time: Int, _ random: inout RandomGenerator
    ) -> Int {
        let year = 1970 + time / 31_556_952
        return random.index(
            scores: films.indices.map { film in
                guard !seen[film], films[film].year <= year else { return -.infinity }
                return 0.8 * affinities[viewer][film] + films[film].popularity + 1.2
                    * films[film].themes[mood]
            })
    }

    /// Evenings with one to four films each, in the order of time, in all `count` films.
    private static func evenings(_ count: Int, _ random: inout RandomGenerator) -> [(start: Int, films: Int)]
    {
        var sizes: [Int] = []
        var left = count
        while left > 0 {
            sizes.append(min(left, random.integer(1...4)))
            left -= sizes[sizes.count - 1]
        }
        let days = (period.upperBound - period.lowerBound) / day
        let first = random.index(below: days * 4 / 5)
        let length = min(days - first - 1, 120 + random.index(below: 900))
        let starts = sizes.map { _ in first + random.index(below: length) }.sorted()
        var previous = -1
        return zip(starts, sizes).map { start, films in
            previous = max(start, previous + 1)
            let evening = period.lowerBound + previous * day + 61_200 + random.index(below: 10_800)
            return (evening, films)
        }
    }
}
