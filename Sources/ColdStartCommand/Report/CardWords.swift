import Recommendation

/// What a card says in sentences.
struct CardWords {
    let card: ItemCard

    init(_ card: ItemCard) { self.card = card }

    var audience: String {
        let audience = card.audience
        let takers = audience.expectedTakers.map {
            "About \($0.formatted($0 < 10 ? 1 : 0)) users would take it if each took one title of what is open to him. "
        }
        return (takers ?? "")
            + "It is among the first \(audience.listLength) of \(audience.reach.percent) of \(audience.users.grouped) users; "
            + "the likeliest \(audience.described.grouped) are described."
    }

    var certainty: String {
        guard let certainty = card.certainty else { return "Ratings have placed it: it is as sure as any." }
        let open = Double(certainty.variance / max(certainty.varianceOfUnknown, .leastNormalMagnitude))
        var text =
            "Its score is right to ±\(certainty.variance.squareRoot().formatted(3)) (one standard deviation); "
            + "\(open.percent) of what items differ by is open, after \(Self.plural(certainty.ratings, "rating")). "
        text +=
            certainty.ratingsUntilWarm.map { more in
                more == 0
                    ? "It is warm: its audience says more about it than its content left open. "
                    : "About \(Self.plural(more, "more rating")) of average users until it is warm, half of what content left open being settled. "
            } ?? ""
        return text
            + (certainty.ratingsUntilLearned == 0
                ? "The next retrain learns from it."
                : "A retrain learns from it after \(certainty.ratingsUntilLearned) more.")
    }

    func line(of voice: ItemCard.Voice) -> String {
        let like = voice.neighbours.prefix(3).map { titled($0.title, $0.year) }.joined(separator: ", ")
        return "\(voice.name) (\(voice.kinds.joined(separator: ", "))): like \(like); "
            + "±\(voice.variance.squareRoot().formatted(3)), moves it by \(voice.strength.percent) of what items differ by"
    }

    func line(of comparison: ItemCard.Comparison) -> String {
        let pair = comparison.between.joined(separator: " and ")
        let figures =
            "\(comparison.distance.formatted(3)) apart, \(comparison.expected.formatted(3)) to be expected of their uncertainty"
        let direction = "direction \(comparison.agreement < 0 ? "" : "+")\(comparison.agreement.formatted(2))"
        return comparison.disagrees
            ? "\(pair) disagree: \(figures) (\(direction))"
            : "\(pair) do not disagree beyond their uncertainty: \(figures) (\(direction))"
    }

    /// `country = FI`, `likes Comedy`, `likes Relay (m113)`.
    static func name(of trait: AudienceProfile.Trait) -> String {
        switch trait.kind {
        case .attribute: "\(trait.name) \(trait.value ?? "")"
        case .genre: "likes \(trait.name)"
        case .item: "likes \(trait.value ?? trait.name)"
        }
    }

    static func plural(_ count: Int, _ name: String) -> String {
        "\(count.grouped) \(name)\(count == 1 ? "" : "s")"
    }
}
