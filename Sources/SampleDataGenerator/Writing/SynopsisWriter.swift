import FloatKernels

/// Writes descriptions of three to five sentences.
///
/// The theme of every sentence is drawn anew from the item's themes as its text knows them, so a text is about as
/// mixed as the film; its last sentences tell the film's strongest tones.
struct SynopsisWriter {
    /// One sentence to be filled with words.
    private struct Sentence {
        var frame: String
        var theme: Theme
        var name, friend: String
    }

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

    private mutating func compose(themes: [Float], tones: [Float], using random: inout RandomGenerator)
        -> String
    {
        let name = random.pick(Names.given)
        let friend = random.pick(Names.given.filter { $0 != name })
        var frames = [draw("opening", Frames.openings, &random)]
        for _ in 0..<random.integer(1...2) { frames.append(middle(after: frames, &random)) }
        if random.chance(0.7) {
            let details = Lexicon.of(Self.theme(themes, &random)).details
            frames.insert(
                draw("details \(details[0])", details, &random), at: random.integer(1...frames.count))
        }
        frames += closings(tones, &random).prefix(5 - frames.count)
        return frames.map { frame in
            let sentence = Sentence(
                frame: frame, theme: Self.theme(themes, &random), name: name, friend: friend)
            return fill(sentence, &random)
        }.joined(separator: " ")
    }

    /// A sentence that brings in neither a friend nor a foe where there is one already.
    private mutating func middle(after frames: [String], _ random: inout RandomGenerator) -> String {
        while true {
            let frame = draw("middle", Frames.middles, &random)
            let repeats = ["{friend", "{hero2", "{foe"].contains { slot in
                frames.contains { $0.lowercased().contains(slot) } && frame.lowercased().contains(slot)
            }
            if !repeats { return frame }
        }
    }

    /// A sentence for the strongest tone, and now and then one for the next.
    private mutating func closings(_ tones: [Float], _ random: inout RandomGenerator) -> [String] {
        let order = Tone.allCases.sorted { abs(tones[$0.rawValue]) > abs(tones[$1.rawValue]) }
        return order.prefix(random.chance(0.5) ? 2 : 1).map { tone in
            let positive = tones[tone.rawValue] > 0
            return draw("closing \(tone) \(positive)", Frames.closings(tone, positive: positive), &random)
        }
    }

    private mutating func fill(_ sentence: Sentence, _ random: inout RandomGenerator) -> String {
        var text = ""
        for (index, part) in sentence.frame.split(separator: "{", omittingEmptySubsequences: false)
            .enumerated()
        {
            guard index > 0, let end = part.firstIndex(of: "}") else {
                text += part
                continue
            }
            let slot = part[..<end]
            let word = word(slot.lowercased(), sentence, &random)
            text += (slot.first?.isUppercase ?? false) ? word.prefix(1).uppercased() + word.dropFirst() : word
            text += part[part.index(after: end)...]
        }
        return text
    }

    private mutating func word(
        _ slot: String, _ sentence: Sentence, _ random: inout RandomGenerator
    ) -> String {
        let lexicon = Lexicon.of(sentence.theme)
        let kind = slot.filter(\.isLetter)
        let phrases: [String]
        switch kind {
        case "name": return sentence.name
        case "friend": return sentence.friend
        case "hero": phrases = lexicon.heroes
        case "place": phrases = lexicon.places
        case "quest": phrases = lexicon.quests
        case "trigger": phrases = lexicon.triggers
        case "foe": phrases = lexicon.foes
        case "turn": phrases = lexicon.turns
        default: phrases = lexicon.values
        }
        return draw("\(kind) \(sentence.theme)", phrases, &random)
    }

    private mutating func draw(_ key: String, _ cards: [String], _ random: inout RandomGenerator) -> String {
        decks[key, default: Deck(cards)].draw(using: &random)
    }

    private static func theme(_ weights: [Float], _ random: inout RandomGenerator) -> Theme {
        Theme.allCases[random.index(weights: weights)]
    }
}
