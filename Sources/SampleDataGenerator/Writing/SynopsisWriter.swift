import FloatKernels

/// Writes descriptions of three to five sentences.
///
/// The theme of every phrase is drawn anew from the item's themes as its text knows them, so a text is about as
/// mixed as the film; its last sentence tells the film's strongest tone.
struct SynopsisWriter {
    private var decks: [String: Deck] = [:]
    private var written: Set<String> = []

    /// A description that no other item has.
    ///
    /// - Parameters:
    ///   - themes: A weight for each theme, not negative.
    ///   - tones: Signed strengths in the order of `Tone`.
    mutating func write(themes: [Float], tones: [Float], using random: inout RandomGenerator) -> String {
        while true {
            let text = compose(themes: themes, tones: tones, using: &random)
            if written.insert(text).inserted { return text }
        }
    }

    private mutating func compose(themes: [Float], tones: [Float], using random: inout RandomGenerator) -> String {
        let name = random.pick(Names.given)
        let friend = random.pick(Names.given.filter { $0 != name })
        var frames = [draw("opening", Frames.openings, &random)]
        for _ in 0..<random.integer(1...2) { frames.append(draw("middle", Frames.middles, &random)) }
        if random.chance(0.55) {
            let theme = Self.theme(themes, &random)
            frames.insert(draw("details \(theme)", Lexicon.of(theme).details, &random), at: random.integer(1...frames.count))
        }
        frames.append(closing(tones, &random))
        return frames.map { fill($0, themes: themes, name: name, friend: friend, &random) }.joined(separator: " ")
    }

    private mutating func closing(_ tones: [Float], _ random: inout RandomGenerator) -> String {
        let strengths = Tone.allCases.map { abs(tones[$0.rawValue]) + 0.25 * abs(random.normal()) }
        let tone = Tone.allCases.max { strengths[$0.rawValue] < strengths[$1.rawValue] } ?? .bright
        let positive = tones[tone.rawValue] > 0
        return draw("closing \(tone) \(positive)", Frames.closings(tone, positive: positive), &random)
    }

    private mutating func fill(
        _ frame: String, themes: [Float], name: String, friend: String, _ random: inout RandomGenerator
    ) -> String {
        var text = ""
        for (index, part) in frame.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = part.firstIndex(of: "}") else {
                text += part
                continue
            }
            let slot = part[..<end]
            let word = word(slot.lowercased(), themes: themes, name: name, friend: friend, &random)
            text += (slot.first?.isUppercase ?? false) ? word.prefix(1).uppercased() + word.dropFirst() : word
            text += part[part.index(after: end)...]
        }
        return text
    }

    private mutating func word(
        _ slot: String, themes: [Float], name: String, friend: String, _ random: inout RandomGenerator
    ) -> String {
        if slot == "name" { return name }
        if slot == "friend" { return friend }
        let theme = Self.theme(themes, &random)
        let lexicon = Lexicon.of(theme)
        let kind = slot.filter(\.isLetter)
        let phrases =
            switch kind {
            case "hero": lexicon.heroes
            case "place": lexicon.places
            case "quest": lexicon.quests
            case "trigger": lexicon.triggers
            case "foe": lexicon.foes
            case "turn": lexicon.turns
            default: lexicon.values
            }
        return draw("\(kind) \(theme)", phrases, &random)
    }

    private mutating func draw(_ key: String, _ cards: [String], _ random: inout RandomGenerator) -> String {
        decks[key, default: Deck(cards)].draw(using: &random)
    }

    private static func theme(_ weights: [Float], _ random: inout RandomGenerator) -> Theme {
        Theme.allCases[random.index(weights: weights)]
    }
}
