import Catalogue
import Diagnostics
import FloatKernels

extension Recommender {
    /// An item of a user's history that speaks for another one.
    public struct Reason: Sendable, Encodable {
        /// Id of the item that the user rated.
        public let itemId: String
        /// Its title.
        public let title: String
        /// Its year, if known.
        public let year: Int?
        /// Cosine of the two items, the correlation of their scores over users.
        public let similarity: Float
        /// What the user gave it.
        public let rating: Float
    }

    /// Of what a user liked, the items nearest to each of some others, nearest first.
    ///
    /// - Parameter count: at most so many an item.
    public func reasons(
        forItems ids: [String], toUser id: String, count: Int = 3
    ) throws -> [[Reason]] {
        guard let user = try users.user(id: id) else {
            throw Self.unknownUser(id, among: snapshot.userIDs)
        }
        let likedFrom = snapshot.model.foldIn.likelihood.likedFrom
        let liked = try users.ratings(ofUser: user.key).filter { $0.value >= likedFrom }.compactMap {
            rating in
            snapshot.row(ofKey: rating.itemKey).map { (row: $0, rating: rating.value) }
        }
        return try ids.map { id in
            guard let row = snapshot.row(ofItem: id) else { throw ItemFilter.unknownItem(id, snapshot) }
            let others = liked.filter { $0.row != row }
            let similarities = similarities(to: row, metric: .cosine, rows: others.map(\.row))
            return Self.best(count, of: similarities).filter { $0.score > 0 }.map { best in
                let entry = snapshot.items[others[best.index].row]
                return Reason(
                    itemId: entry.item.id, title: entry.item.title, year: entry.item.year,
                    similarity: best.score, rating: others[best.index].rating)
            }
        }
    }
}
