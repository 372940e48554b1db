/// One way of reading an attribute of users, as features that a regression can weigh.
struct ProfileView: Sendable, Equatable {
    /// How a value becomes features.
    enum Kind: Sendable, Equatable {
        /// One feature a value: 1 for those who have it. `|` stands between several.
        case values([String: Int])
        /// A number between knots, ascending: a feature a knot, which falls from 1 at the knot to 0 at the next ones, so that
        /// neighbouring ages are alike.
        case knots([Float])
    }

    /// The attribute's name.
    let column: String
    let kind: Kind

    /// How many features.
    var width: Int {
        switch kind {
        case .values(let values): values.count
        case .knots(let knots): knots.count
        }
    }

    /// The features of one value that are not zero, ascending.
    func features(of text: String) -> [(index: Int, value: Float)] {
        switch kind {
        case .values(let values):
            return Set(Self.parts(of: text).compactMap { values[$0] }).sorted().map { ($0, 1) }
        case .knots(let knots):
            guard let number = Self.number(text) else { return [] }
            guard let upper = knots.firstIndex(where: { $0 >= number }) else { return [(knots.count - 1, 1)] }
            guard upper > 0, knots[upper] > number else { return [(upper, 1)] }
            let share = (number - knots[upper - 1]) / (knots[upper] - knots[upper - 1])
            return [(upper - 1, 1 - share), (upper, share)]
        }
    }

    /// What a value consists of.
    static func parts(of text: String) -> [String] {
        text.split(separator: "|").map(String.init)
    }

    /// A value as a finite number.
    static func number(_ text: String) -> Float? {
        Float(text).flatMap { $0.isFinite ? $0 : nil }
    }
}
