package import Catalogue
import CollaborativeFiltering
package import Diagnostics
package import FloatKernels

/// The items of a snapshot in the plane, with what a picture of them shows.
package struct CatalogueMap: Sendable {
    /// An item on the map.
    package struct Point: Sendable {
        /// The item as the catalogue has it.
        package let item: Item
        /// Whether ratings have not placed it yet.
        package let isNew: Bool
        /// How many ratings had it when the model was trained.
        package let ratings: Int
        /// Where it stands, from −1 to 1 along the longer side; y goes up.
        package let x: Float
        package let y: Float
        /// Position in `genres`, or nil where the item has none of them.
        package let genre: Int?

        package init(item: Item, isNew: Bool, ratings: Int, x: Float, y: Float, genre: Int?) {
            self.item = item
            self.isNew = isNew
            self.ratings = ratings
            self.x = x
            self.y = y
            self.genre = genre
        }
    }

    /// How well neighbourhoods are kept, see `KeptNeighbours`.
    package struct Worth: Sendable, Encodable {
        /// How many nearest items of an item are looked for.
        package let neighbours: Int
        /// How many items were judged.
        package let items: Int
        /// The share that the layout keeps.
        package let layout: Double
        /// The share that the first two principal components keep.
        package let pca: Double

        package init(neighbours: Int, items: Int, layout: Double, pca: Double) {
            self.neighbours = neighbours
            self.items = items
            self.layout = layout
            self.pca = pca
        }
    }

    /// The model version.
    package let version: String
    /// How the points came where they are.
    package let layout: MapLayout
    /// In the order of the snapshot.
    package let points: [Point]
    /// The genres that have a colour, those with the most items first.
    package let genres: [String]
    /// What the layout is worth.
    package let worth: Worth

    package init(version: String, layout: MapLayout, points: [Point], genres: [String], worth: Worth) {
        self.version = version
        self.layout = layout
        self.points = points
        self.genres = genres
        self.worth = worth
    }

    /// Lays out all items of a snapshot.
    ///
    /// - Parameter seed: of the layout that keeps neighbours; the other needs none.
    /// - Throws: `map.empty` where the model places no item; `interrupted`.
    package init(
        _ snapshot: Snapshot, layout: MapLayout, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws {
        guard !snapshot.items.isEmpty else {
            throw Diagnostic(
                .missingInput, code: "map.empty", "there is no item to draw",
                fix: "import items, and run 'coldstart train'")
        }
        let directions = snapshot.table.vectors.directions
        let neighbours = try NearestNeighbours(
            of: directions, count: NeighbourLayout.neighbours, pool: pool, monitor: monitor)
        let components = Self.principalPlaces(snapshot, pool: pool)
        let places =
            switch layout {
            case .pca: components
            case .neighbours:
                try NeighbourLayout.places(
                    of: directions, neighbours, seed: seed, pool: pool, monitor: monitor)
            }
        try monitor.report("Judging the map", 0, of: 1)
        let pca = KeptNeighbours.share(components, neighbours, pool: pool)
        worth = Worth(
            neighbours: min(KeptNeighbours.count, neighbours.count),
            items: KeptNeighbours.rows(of: places.rows).count,
            layout: layout == .pca ? pca : KeptNeighbours.share(places, neighbours, pool: pool), pca: pca)
        try monitor.report("Judging the map", 1, of: 1)
        let colours = GenreColours(snapshot.items.map(\.item.genres))
        let frame = MapFrame(places)
        version = snapshot.version
        self.layout = layout
        genres = colours.genres
        points = snapshot.items.enumerated().map { row, entry in
            let place = frame.place(x: places[row, 0], y: places[row, 1])
            return Point(
                item: entry.item, isNew: entry.isNew, ratings: snapshot.trainedRatings(ofItem: entry.item.id),
                x: place.x, y: place.y, genre: colours.colour(of: entry.item.genres))
        }
    }

    /// The service's map, rows × 2.
    private static func principalPlaces(_ snapshot: Snapshot, pool: ThreadPool) -> Matrix {
        let map = snapshot.map(pool: pool)
        return Matrix(
            rows: snapshot.items.count, columns: 2,
            elements: snapshot.items.indices.flatMap { row in
                let place = snapshot.place(ofRow: row, on: map)
                return [place.x, place.y]
            })
    }

    /// Positions of the new items among `points`, the latest first.
    package var newItems: [Int] { points.indices.reversed().filter { points[$0].isNew } }

    /// Positions of the others, those with the most ratings first.
    package var knownItems: [Int] {
        points.indices.filter { !points[$0].isNew }.sorted {
            (points[$1].ratings, $0) < (points[$0].ratings, $1)
        }
    }
}
