/// How evenly new items are shown: whether all of them get their chance, or a few take every place.
public struct Exposure: Sendable, Codable, Equatable {
    /// Share of the items that stand on anybody's list; of a ranking of all items, among the first thirty.
    public let shown: Double
    /// Gini coefficient of how often they stand there: 0 where all do equally often, near 1 where one takes all
    /// (Gini 1912; of n sorted counts x, 2 Σ i xᵢ / (n Σ xᵢ) − (n + 1) / n).
    public let gini: Double

    /// Places of a list that are looked at.
    static let depth = 30

    /// From the number of lists that every item stands on.
    package init(counts: [Int]) {
        let total = counts.reduce(0, +)
        shown = Double(counts.count { $0 > 0 }) / Double(max(counts.count, 1))
        guard total > 0 else {
            gini = 0
            return
        }
        let n = Double(counts.count)
        let ranked = counts.sorted().enumerated().reduce(0.0) {
            $0 + Double($1.offset + 1) * Double($1.element)
        }
        gini = 2 * ranked / (n * Double(total)) - (n + 1) / n
    }
}
