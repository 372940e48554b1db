import Recommendation

/// A card for people, in a terminal.
struct CardText {
    let card: ItemCard

    init(_ card: ItemCard) { self.card = card }

    var text: String {
        let words = CardWords(card)
        var parts = [
            "\(titled(card.title, card.year)), \(card.itemId)\(card.provenance == .learned ? "" : "  ★ new")\n",
            "What it is like:\n" + SimilarCommand.text(card.neighbours),
            "Who is expected to want it:\n  \(words.audience)\n" + Self.table(card.audience.traits),
            "The likeliest:\n" + AudienceCommand.text(card.audience.likeliest),
            "How sure:\n  \(words.certainty)\n",
        ]
        if !card.voices.isEmpty {
            parts.append(
                "What each side says alone:\n"
                    + card.voices.map { "  \(words.line(of: $0))\n" }.joined()
                    + card.comparisons.map { "  \(words.line(of: $0))\n" }.joined())
        }
        return parts.joined()
    }

    /// What is commoner among an audience.
    static func table(_ traits: [AudienceProfile.Trait]) -> String {
        guard !traits.isEmpty else { return "  nothing sets them apart from all users beyond chance\n" }
        var table = TextTable([("commoner among them", false), ("of them", true), ("of all", true)])
        for trait in traits {
            table.add(CardWords.name(of: trait), trait.share.percent, trait.shareOfAll.percent)
        }
        return table.rendered()
    }
}
