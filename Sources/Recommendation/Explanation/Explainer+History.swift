import Catalogue

extension Explainer {
    /// Of what a user rated, at most so many items are tried one by one: those that are most, or least, like the item.
    private static let mostTried = 60

    /// What each of the items that a user rated has to do with his score of another one: he is encoded without it, and what the
    /// score loses is its contribution.
    func history(
        of user: StoredUser, _ ratings: [KeyedRating], row: Int, place: [Double], count: Int
    ) -> [Explanation.HistoryItem] {
        let rated = ratings.indices.compactMap { index in
            snapshot.row(ofKey: ratings[index].itemKey).map { (index: index, row: $0) }
        }.filter { $0.row != row }
        let similarities = recommender.similarities(to: row, metric: .cosine, rows: rated.map(\.row))
        let tried = zip(rated, similarities).map { (rating: $0.index, row: $0.row, similarity: $1) }
            .strongest(Self.mostTried) { Double($0.similarity) }
        func item(_ entry: (rating: Int, row: Int, similarity: Float), _ contribution: Double?)
            -> Explanation.HistoryItem
        {
            let item = snapshot.items[entry.row].item
            return Explanation.HistoryItem(
                itemId: item.id, title: item.title, year: item.year, rating: ratings[entry.rating].value,
                similarity: entry.similarity, contribution: contribution)
        }
        guard snapshot.encodesUsers else {
            return tried.prefix(count).filter { $0.similarity > 0 }.map { item($0, nil) }
        }
        func score(_ ratings: [KeyedRating]) -> Double {
            let query = snapshot.encodedQuery(of: user.user, ratings: ratings)
            return PlaceScorer(snapshot, query: query).scores([place])[0]
        }
        let whole = score(ratings)
        return tried.map { entry in
            var others = ratings
            others.remove(at: entry.rating)
            return item(entry, whole - score(others))
        }.strongest(count) { $0.contribution ?? 0 }
    }
}
