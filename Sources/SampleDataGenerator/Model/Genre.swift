import FloatKernels

/// What the shelf label says. Some themes have no genre of their own: sports are drama, the sea is adventure.
enum Genre: String, CaseIterable {
    case adventure = "Adventure"
    case comedy = "Comedy"
    case crime = "Crime"
    case drama = "Drama"
    case family = "Family"
    case fantasy = "Fantasy"
    case history = "History"
    case horror = "Horror"
    case music = "Music"
    case romance = "Romance"
    case scienceFiction = "Science Fiction"
    case thriller = "Thriller"
    case western = "Western"

    /// One to three genres, the most fitting first.
    static func label(_ film: Film, using random: inout RandomGenerator) -> [Genre] {
        var scores = allCases.map { _ in 0.38 * random.normal() }
        for theme in Theme.allCases {
            for (genre, fit) in genres(of: theme) {
                scores[allCases.firstIndex(of: genre) ?? 0] += fit * film.themes[theme.rawValue]
            }
        }
        let count = 1 + random.index(weights: [1, 6, 4])
        let order = allCases.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        return order.prefix(count).map { allCases[$0] }
    }

    private static func genres(of theme: Theme) -> [(Genre, Float)] {
        switch theme {
        case .space: [(.scienceFiction, 1), (.adventure, 0.6), (.drama, 0.2)]
        case .noir: [(.crime, 1), (.thriller, 0.6), (.drama, 0.3)]
        case .pastoral: [(.romance, 1), (.drama, 0.7)]
        case .family: [(.family, 0.9), (.comedy, 0.9)]
        case .horror: [(.horror, 1), (.thriller, 0.5), (.fantasy, 0.2)]
        case .sports: [(.drama, 0.9), (.family, 0.3), (.comedy, 0.2)]
        case .heist: [(.crime, 0.8), (.thriller, 0.7), (.comedy, 0.5)]
        case .musical: [(.music, 0.9), (.romance, 0.6), (.comedy, 0.4)]
        case .western: [(.western, 1), (.adventure, 0.4), (.drama, 0.3)]
        case .sea: [(.adventure, 0.9), (.drama, 0.5)]
        case .history: [(.history, 0.8), (.drama, 0.6), (.adventure, 0.3)]
        case .fantasy: [(.fantasy, 0.9), (.family, 0.4), (.adventure, 0.5)]
        }
    }
}
