/// Which genres have a colour on a map, and which of them an item has.
///
/// The genres with the most items have one, as many as there are colours that anybody can tell apart. An item of several has
/// that of the rarest, which says most about it.
package struct GenreColours: Sendable {
    /// Colours that can be told apart by people who see colours differently.
    package static let most = 8

    /// Those with the most items first; of equally many by name.
    package let genres: [String]
    private let position: [String: Int]

    /// - Parameter genres: of every item.
    package init(_ genres: [[String]]) {
        var counts: [String: Int] = [:]
        for genre in genres.joined() { counts[genre, default: 0] += 1 }
        let frequent = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.most)
        self.genres = frequent.map(\.key)
        position = Dictionary(uniqueKeysWithValues: frequent.enumerated().map { ($1.key, $0) })
    }

    /// The position in `genres` of an item's rarest; nil where it has none of them.
    package func colour(of genres: [String]) -> Int? { genres.compactMap { position[$0] }.max() }
}
