import Catalogue
import Recommendation

/// An item as the API shows it; what is unknown is left out.
struct ItemBody: Encodable {
    private let id: String
    private let title: String
    private let year: Int?
    private let genres: [String]
    private let description: String
    private let attributes: [String: [String]]
    private let poster: String?
    private let provenance: Snapshot.Provenance?
    private let variance: Float?
    private let ratings: Int
    private let impressions: Int
    private let createdAt: Int64

    init(_ entry: StoredItem, ratings: Int, impressions: Int, _ state: ServingState) {
        let placed = state.recommender.flatMap { recommender in
            recommender.snapshot.row(ofKey: entry.key).map { recommender.snapshot.items[$0] }
        }
        id = entry.item.id
        title = entry.item.title
        year = entry.item.year
        genres = entry.item.genres
        description = entry.item.description
        attributes = entry.item.attributes
        poster = entry.item.poster.map { _ in Self.posterPath(entry.item.id) }
        provenance = placed?.provenance
        variance = placed?.variance
        self.ratings = ratings
        self.impressions = impressions
        createdAt = entry.createdAt
    }

    /// Where the poster of an item is.
    static func posterPath(_ id: String) -> String { "/v1/items/\(id.pathEncoded)/poster" }
}
