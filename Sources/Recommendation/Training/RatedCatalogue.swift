import Catalogue
import CollaborativeFiltering
import Diagnostics

/// The catalogue as training sees it: items and users that have ratings, numbered, and the rest.
///
/// Those that have a learned place count as rated, even where the catalogue has no ratings of them: another recommender may
/// have learned them from its own.
struct RatedCatalogue {
    let rated: [StoredItem]
    let unrated: [StoredItem]
    let users: [StoredUser]
    /// The ratings, and what is known of rated items and their raters.
    let data: CollaborativeData

    var interactions: InteractionMatrix { data.interactions }

    /// - Parameter placed: ids of items and users that have a learned place.
    /// - Throws: `training.no_items`, `training.no_ratings` where no item has ratings or a place; or `interrupted`.
    init(
        _ store: some CatalogueStore, placed: (items: [String], users: [String]) = ([], []),
        monitor: WorkMonitor
    ) throws {
        try monitor.report("Reading the catalogue", 0)
        let items = try store.items()
        guard !items.isEmpty else {
            throw Diagnostic(
                .missingInput, code: "training.no_items", "the catalogue is empty",
                fix: "run 'coldstart import' with items and ratings first")
        }
        var rows: [(user: Int64, item: Int64, rating: Float, timestamp: Int64)] = []
        try store.forEachRating { user, item, value, timestamp in
            rows.append((user, item, value, timestamp))
            if rows.count % 100_000 == 1 {
                try monitor.report("Reading ratings", rows.count - 1, of: nil, "ratings")
            }
        }
        guard !rows.isEmpty || !placed.items.isEmpty else {
            throw Diagnostic(
                .missingInput, code: "training.no_ratings",
                "the catalogue has \(items.count) items but no ratings",
                fix: "run 'coldstart import ratings.csv' with what users have rated, bought or watched")
        }
        let ratedKeys = Set(rows.map(\.item)), placedItems = Set(placed.items)
        func isRated(_ item: StoredItem) -> Bool {
            ratedKeys.contains(item.key) || placedItems.contains(item.item.id)
        }
        rated = items.filter(isRated)
        unrated = items.filter { !isRated($0) }
        let userKeys = Set(rows.map(\.user)), placedUsers = Set(placed.users)
        users = try store.users().filter {
            userKeys.contains($0.key) || placedUsers.contains($0.user.id)
        }
        let itemRow = Dictionary(uniqueKeysWithValues: rated.enumerated().map { ($1.key, $0) })
        let userRow = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1.key, $0) })
        let interactions = try InteractionMatrix(
            userCount: users.count, itemCount: rated.count,
            rows: rows.map { row in
                Interaction(
                    user: userRow[row.user] ?? -1, item: itemRow[row.item] ?? -1, rating: row.rating,
                    timestamp: row.timestamp == 0 ? nil : row.timestamp)
            })
        data = CollaborativeData(
            interactions: interactions, items: AttributeTable(rows: rated.map(\.item.attributeRow)),
            users: AttributeTable(rows: users.map(\.user.attributes.asRow)))
    }

    /// Ratings of every rated item.
    var itemCounts: [Int] {
        var counts = [Int](repeating: 0, count: rated.count)
        for column in interactions.ratings.columnIndices { counts[Int(column)] += 1 }
        return counts
    }

    /// Ratings of every user.
    var userCounts: [Int] { users.indices.map { interactions.ratings.entries(ofRow: $0).count } }
}
