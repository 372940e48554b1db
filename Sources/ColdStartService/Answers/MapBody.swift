import Catalogue
import Recommendation

/// Where items stand in two dimensions, as the API shows it.
struct MapBody: Encodable {
    struct Point: Encodable {
        let itemId: String
        let title: String
        let year: Int?
        let genres: [String]
        let poster: String?
        let x: Float
        let y: Float
        let provenance: Snapshot.Provenance
    }

    /// The layout of the points, which is not the one asked for while that is made or where there is none.
    let layout: MapLayout
    /// Whether the layout asked for is being made.
    let isPending: Bool
    /// Of the items that an item is most like, the share that stands nearest to it; nil until that is known.
    let kept: Double?
    let points: [Point]

    /// - Parameters:
    ///   - rows: of the snapshot: those that are shown.
    ///   - map: by components.
    ///   - neighbours: nil for the other layout.
    init(
        _ snapshot: Snapshot, rows: [Int], on map: ItemMap, _ neighbours: NeighbourMap?, isPending: Bool,
        kept: Double?
    ) {
        let places =
            neighbours?.places(ofRows: rows, in: snapshot) ?? rows.map { snapshot.place(ofRow: $0, on: map) }
        layout = neighbours == nil ? .pca : .neighbours
        self.isPending = isPending
        self.kept = kept
        points = zip(rows, places).map { row, place in
            let entry = snapshot.items[row]
            return Point(
                itemId: entry.item.id, title: entry.item.title, year: entry.item.year,
                genres: entry.item.genres,
                poster: entry.item.poster.map { _ in ItemBody.posterPath(entry.item.id) },
                x: place.x, y: place.y, provenance: entry.provenance)
        }
    }

    /// Nothing, before the first training has made a map.
    init() { (layout, isPending, kept, points) = (.pca, false, nil, []) }
}
