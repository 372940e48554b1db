import FloatKernels
import ItemContent

/// The whole sample: films with their items, viewers, ratings, and new arrivals that nobody has rated.
struct SampleData {
    private(set) var items: [CatalogueItem] = []
    private(set) var arrivals: [CatalogueItem] = []
    let films: [Film]
    let arrivingFilms: [Film]
    let viewers: [Viewer]
    let ratings: [Rating]

    private static let filmCount = 300
    private static let arrivalCount = 12
    private static let viewerCount = 600
    private static let ratingCount = 40_000

    /// Independent sequences of random numbers, one for each purpose.
    private enum Stream: UInt64 {
        case people, films, arrivals, population, viewers, gaps, ratings = 1_000, items = 10_000,
            arrivingItems = 20_000

        func generator(_ seed: UInt64, _ index: Int = 0) -> RandomGenerator {
            RandomGenerator(seed: seed, stream: rawValue + UInt64(index))
        }
    }

    init(seed: UInt64) {
        var random = Stream.people.generator(seed)
        var studio = Studio(directors: 62, actors: 130, using: &random)
        random = Stream.films.generator(seed)
        films = Self.shuffled((0..<Self.filmCount).map { _ in studio.film(using: &random) }, &random)
        random = Stream.arrivals.generator(seed)
        arrivingFilms = Self.varied(Self.arrivalCount) { studio.film(year: 2026, using: &random) }
        random = Stream.population.generator(seed)
        let population = Population(using: &random)
        random = Stream.viewers.generator(seed)
        viewers = population.viewers(Self.viewerCount, ratings: Self.ratingCount, using: &random)
        let audience = Audience(viewers, films)
        ratings = viewers.enumerated().flatMap { index, viewer in
            var random = Stream.ratings.generator(seed, index)
            return audience.ratings(of: viewer, at: index, using: &random)
        }
        publish(seed)
    }

    /// Titles and texts differ over the catalogue and the new arrivals together.
    private mutating func publish(_ seed: UInt64) {
        var publisher = Publisher()
        var gaps = Stream.gaps.generator(seed)
        for (index, film) in films.enumerated() {
            var random = Stream.items.generator(seed, index)
            var item = publisher.item(Self.id("m", index, digits: 3), film, using: &random)
            item.forget(using: &gaps)
            items.append(item)
        }
        for (index, film) in arrivingFilms.enumerated() {
            var random = Stream.arrivingItems.generator(seed, index)
            arrivals.append(publisher.item(Self.id("n", index, digits: 2), film, using: &random))
        }
    }

    /// `m001` for position 0.
    static func id(_ letter: String, _ index: Int, digits: Int) -> String {
        let number = String(index + 1)
        return letter + String(repeating: "0", count: max(0, digits - number.count)) + number
    }

    /// Films of which no two have the same strongest theme, as long as there are themes.
    private static func varied(_ count: Int, _ make: () -> Film) -> [Film] {
        var films: [Film] = []
        var used: Set<Int> = []
        while films.count < count {
            let film = make()
            let strongest = film.themes.indices.max { film.themes[$0] < film.themes[$1] } ?? 0
            if used.count == Theme.allCases.count { used = [] }
            if used.insert(strongest).inserted { films.append(film) }
        }
        return films
    }

    private static func shuffled(_ films: [Film], _ random: inout RandomGenerator) -> [Film] {
        var copy = films
        random.shuffle(&copy)
        return copy
    }
}
