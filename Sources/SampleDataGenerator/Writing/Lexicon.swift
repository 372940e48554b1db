/// The words in which a theme is told.
///
/// Nouns come with their article, places as "in the harbour", quests as what somebody "does", triggers and
/// turns as clauses, details as whole sentences. Nothing in them agrees with a pronoun, so that all can be joined.
struct Lexicon {
    var heroes: [String]
    var places: [String]
    var quests: [String]
    var triggers: [String]
    var foes: [String]
    var turns: [String]
    var details: [String]
    /// What such a film is about in the end, after "about".
    var values: [String]
    /// For titles; nouns with a regular plural.
    var nouns: [String]
    var adjectives: [String]

    /// The lexicon of a theme.
    static func of(_ theme: Theme) -> Lexicon {
        switch theme {
        case .space: space
        case .noir: noir
        case .pastoral: pastoral
        case .family: family
        case .horror: horror
        case .sports: sports
        case .heist: heist
        case .musical: musical
        case .western: western
        case .sea: sea
        case .history: history
        case .fantasy: fantasy
        }
    }
}
