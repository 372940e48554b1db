import Catalogue
import CollaborativeFiltering

extension Item {
    /// What collaborative models may read of an item beside its ratings.
    var attributeRow: AttributeTable.Row {
        genres.isEmpty ? attributes : attributes.merging(["genres": genres]) { _, genres in genres }
    }
}

extension [String: String] {
    /// A user's attributes, each with its one value.
    var asRow: AttributeTable.Row { mapValues { [$0] } }
}
