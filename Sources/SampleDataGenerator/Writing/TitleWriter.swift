import FloatKernels

/// Writes titles, all different and short enough for a poster.
struct TitleWriter {
    private var written: Set<String> = []

    /// Characters at most.
    private static let longest = 25

    /// A title in the words of the themes.
    ///
    /// - Parameter themes: A weight for each theme, not negative.
    mutating func write(themes: [Float], using random: inout RandomGenerator) -> String {
        while true {
            let title = Self.compose(themes, &random)
            if title.count <= Self.longest, written.insert(title).inserted { return title }
        }
    }

    private static func compose(_ themes: [Float], _ random: inout RandomGenerator) -> String {
        func lexicon() -> Lexicon { Lexicon.of(Theme.allCases[random.index(weights: themes)]) }
        let noun = random.pick(lexicon().nouns)
        let other = random.pick(lexicon().nouns)
        let adjective = random.pick(lexicon().adjectives)
        let name = random.pick(Names.given)
        let place = random.pick(Names.places)
        switch random.index(weights: [10, 5, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 1, 2, 1]) {
        case 0: return "The \(adjective) \(noun)"
        case 1: return "\(adjective) \(noun)"
        case 2: return noun == other ? "The \(noun)" : "\(noun) and \(other)"
        case 3: return "The \(noun) of \(place)"
        case 4: return "\(name)'s \(noun)"
        case 5: return "\(adjective) \(plural(noun))"
        case 6: return "\(article(noun)) for \(name)"
        case 7: return "Before the \(noun)"
        case 8: return "Under the \(adjective) \(noun)"
        case 9: return "No \(noun) Tonight"
        case 10: return "\(random.pick(["Two", "Three", "Five", "Seven", "Nine"])) \(plural(noun))"
        case 11: return "\(noun) at \(place)"
        case 12: return "Goodbye, \(adjective) \(noun)"
        case 13: return noun
        case 14: return "\(name) and the \(noun)"
        default: return "The Other \(noun)"
        }
    }

    private static func article(_ noun: String) -> String {
        (noun.first.map { "AEIOU".contains($0) } ?? false ? "An " : "A ") + noun
    }

    private static func plural(_ noun: String) -> String {
        let beforeLast = noun.dropLast().last ?? " "
        if noun.hasSuffix("y"), !"aeiou".contains(beforeLast) { return noun.dropLast() + "ies" }
        return noun + (["s", "x", "ch", "sh"].contains { noun.hasSuffix($0) } ? "es" : "s")
    }
}
