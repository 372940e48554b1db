import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The people of an invented film industry, and the films they make.
struct Studio {
    private let directors: [Person]
    private let actors: [Person]
    /// Directors who have made no film yet come first, so that everybody makes one.
    private var waiting: [Person]

    init(directors directorCount: Int, actors actorCount: Int, using random: inout RandomGenerator) {
        let names = Names.people(directorCount + actorCount, using: &random)
        let people = names.map { Self.person($0, &random) }
        directors = Array(people[..<directorCount])
        actors = Array(people[directorCount...])
        waiting = directors
    }

    /// A film; its year is drawn from its director's career unless one is given.
    mutating func film(year fixedYear: Int? = nil, using random: inout RandomGenerator) -> Film {
        let director = chooseDirector(for: fixedYear, &random)
        let year = fixedYear ?? random.integer(director.active)
        let themes = Self.themes(of: director, year, &random)
        let hidden = director.hand.map { 0.71 * $0 + 0.71 * random.normal() }
        let quality = 0.22 * director.skill + 0.26 * random.normal()
        return Film(
            year: year, themes: themes, tones: Self.tones(themes, of: director, &random), hidden: hidden,
            quality: quality,
            popularity: 0.85 * random.normal() + 0.9 * quality + 0.008 * Float(year - 2000),
            director: director, cast: cast(themes, hidden, year, &random))
    }

    private mutating func chooseDirector(for year: Int?, _ random: inout RandomGenerator) -> Person {
        if year == nil, let next = waiting.popLast() { return next }
        return directors[
            random.index(
                weights: directors.map { person in
                    year.map { person.active.upperBound < $0 - 1 } ?? false ? 0 : person.demand
                })]
    }

    private func cast(
        _ themes: [Float], _ hidden: [Float], _ year: Int, _ random: inout RandomGenerator
    ) -> [Person] {
        var scores = actors.map { actor -> Float in
            guard actor.active ~= year || actor.active ~= year - 1 else { return -100 }
            return logf(actor.demand) + 1.1 * dot(actor.leaning, themes) + 0.4 * dot(actor.hand, hidden)
        }
        return (0..<random.integer(2...4)).map { _ in
            let chosen = random.index(scores: scores)
            scores[chosen] = -1000
            return actors[chosen]
        }
    }

    private static func person(_ name: String, _ random: inout RandomGenerator) -> Person {
        var leaning = random.normals(Theme.allCases.count, deviation: 0.5)
        leaning[random.index(below: leaning.count)] += 2
        // More careers in later years, as there are more films.
        let first = 1950 + Int(74 * powf(random.uniform(), 0.65)) - 8
        return Person(
            name: name, leaning: leaning, tones: random.normals(Tone.allCases.count),
            hand: random.normals(Film.hiddenCount), skill: random.normal(),
            demand: expf(random.normal() * 0.6),
            active: max(first, 1950)...min(max(first, 1950) + random.integer(12...38), 2024))
    }

    /// One theme for sure, a second in two films of three, a third in one of five; traces of the others.
    private static func themes(of director: Person, _ year: Int, _ random: inout RandomGenerator) -> [Float] {
        var left = Theme.allCases.map { theme in
            prevalence(theme, year) * expf(1.1 * director.leaning[theme.rawValue])
        }
        var themes = random.normals(left.count, deviation: 0.06).map { abs($0) }
        for (chance, range) in [(1, 0.8...1.1), (0.66, 0.3...0.75), (0.2, 0.2...0.4)]
            as [(Float, ClosedRange<Float>)]
        {
            guard random.chance(chance) else { break }
            let theme = random.index(weights: left)
            themes[theme] += random.uniform(range)
            left[theme] = 0
            // What is mixed in depends less on the director.
            left = left.map { $0.squareRoot() }
        }
        return themes
    }

    /// Linear between the years for which it is known.
    private static func prevalence(_ theme: Theme, _ year: Int) -> Float {
        let position = min(max(Float(year - 1950) / 25, 0), 2.999)
        let index = Int(position)
        let part = position - Float(index)
        return theme.prevalence[index] * (1 - part) + theme.prevalence[index + 1] * part
    }

    private static func tones(_ themes: [Float], of director: Person, _ random: inout RandomGenerator)
        -> [Float]
    {
        Tone.allCases.map { tone in
            let usual = Theme.allCases.reduce(Float(0)) { $0 + themes[$1.rawValue] * $1.tones[tone.rawValue] }
            return 0.7 * usual + 0.4 * director.tones[tone.rawValue] + 0.7 * random.normal()
        }
    }
}

/// The sum of products of two vectors of the same length.
func dot(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
