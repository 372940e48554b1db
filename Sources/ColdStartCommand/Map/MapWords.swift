import Recommendation

/// What is written around a map.
struct MapWords {
    let map: CatalogueMap

    private var newCount: Int { map.points.count { $0.isNew } }

    /// `303 items, 3 of them new`.
    var title: String {
        let items = "\(map.points.count.grouped) " + (map.points.count == 1 ? "item" : "items")
        return newCount > 0 ? "\(items), \(newCount.grouped) of them new" : items
    }

    /// How to read it.
    var explanation: String {
        switch map.layout {
        case .neighbours: "Items that the same people like lie near each other; directions mean nothing."
        case .pca: "Items by the two directions in which they differ most (principal components)."
        }
    }

    /// What it is worth.
    var worth: String {
        guard map.worth.neighbours > 0 else { return "" }
        let kept = "\(map.worth.layout.percent) of an item's \(map.worth.neighbours) nearest are as near here"
        return map.layout == .pca
            ? kept + "." : kept + " (by principal components \(map.worth.pca.percent))."
    }

    /// The genres with their colours, and what the other colours and marks are.
    var legend: [(name: String, colour: MapColour)] {
        var entries = map.genres.enumerated().map { (name: $1, colour: MapColour.ofGenre($0)) }
        if map.points.contains(where: { $0.genre == nil }) { entries.append(("other", MapColour.other)) }
        return entries
    }
}
