import FloatKernels

/// Cards drawn without putting them back; shuffled anew when none is left.
///
/// Phrases drawn in this way are all used about as often, and none comes twice in a row.
struct Deck {
    private let cards: [String]
    private var left: [String] = []

    init(_ cards: [String]) {
        precondition(!cards.isEmpty, "a deck needs cards")
        self.cards = cards
    }

    mutating func draw(using random: inout RandomGenerator) -> String {
        if left.isEmpty {
            left = cards
            random.shuffle(&left)
        }
        return left.removeLast()
    }
}
