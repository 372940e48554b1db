package import Catalogue
package import Diagnostics
package import ItemContent
package import Recommendation

/// Where everything of a still picture of the map stands: dots, posters, names. PNG and SVG draw the same plan.
///
/// A poster is drawn where it covers no other: those of new items first, the latest first and at most half of all, then those
/// of the items with the most ratings. All others are dots. Names go where they hide the fewest dots, in the same order, first
/// those of new items.
package struct MapPlan: Sendable {
    /// Lengths of the picture; all others are in the same units, from its upper left corner.
    package static let width = 1_600.0
    package static let height = 1_200.0
    /// Where items are.
    package static let area = MapRectangle(x: 48, y: 96, width: 1_504, height: 1_012)
    /// What a poster fits in.
    package static let posterWidth = 40.0
    package static let posterHeight = 60.0
    /// Names of items with ratings at most, and of new ones.
    static let mostNames = 48
    static let mostNewNames = 24

    /// A poster at an item.
    package struct Picture: Sendable {
        /// Position among the map's points.
        package let point: Int
        package let frame: MapRectangle
        package let image: RGBImage
    }

    package let map: CatalogueMap
    /// Of every point.
    package let places: [(x: Double, y: Double)]
    package let radius: Double
    package private(set) var pictures: [Picture] = []
    package private(set) var names: [MapName] = []
    private var occupancy = MapOccupancy(Self.area.grown(by: 30))

    /// - Parameters:
    ///   - posters: how many at most.
    ///   - thumbnail: an item's poster, which may be of any size; nil where it has none.
    package init(
        _ map: CatalogueMap, posters: Int, monitor: WorkMonitor, thumbnail: (Item) throws -> RGBImage?
    ) throws {
        self.map = map
        places = Self.places(map)
        radius = min(5.5, max(1.3, 200 / Double(max(1, map.points.count)).squareRoot()))
        let (new, known) = (map.newItems, map.knownItems)
        try place(new, upTo: posters / 2, of: posters, monitor, thumbnail)
        // No poster of a known item hides a new one.
        let pictured = Set(pictures.map(\.point))
        for point in new.prefix(Self.mostNewNames) where !pictured.contains(point) {
            occupancy.take(mark(of: point))
        }
        name(new, upTo: Self.mostNewNames)
        try place(known, upTo: posters, of: posters, monitor, thumbnail)
        try monitor.report("Placing posters", posters, of: posters, "posters")
        // Who has the most ratings and yet no room for a name is passed over; far down nobody is well known.
        name(Array(known.prefix(6 * Self.mostNames)), upTo: names.count + Self.mostNames)
    }

    /// What a dot takes, with its ring.
    package func mark(of point: Int) -> MapRectangle {
        let side = 2 * (map.points[point].isNew ? newRadius + 4 : radius)
        return MapRectangle(centreX: places[point].x, centreY: places[point].y, width: side, height: side)
    }

    /// Of the dot of a new item.
    package var newRadius: Double { max(radius, 4) }

    /// The points without a poster, new ones last, so that they lie on top.
    package var dots: [Int] {
        let pictured = Set(pictures.map(\.point))
        let dots = map.points.indices.filter { !pictured.contains($0) }
        return dots.filter { !map.points[$0].isNew } + dots.filter { map.points[$0].isNew }
    }

    private mutating func place(
        _ points: [Int], upTo most: Int, of total: Int, _ monitor: WorkMonitor,
        _ thumbnail: (Item) throws -> RGBImage?
    ) throws {
        for point in points where map.points[point].item.poster != nil {
            guard pictures.count < most else { return }
            let (x, y) = places[point]
            let space = MapRectangle(
                centreX: x, centreY: y, width: Self.posterWidth, height: Self.posterHeight)
            // Looked at before it is decoded, which takes a thousand times as long.
            guard occupancy.isFree(space.grown(by: 4)) else { continue }
            try monitor.report("Placing posters", pictures.count, of: max(1, total), "posters")
            guard let image = try thumbnail(map.points[point].item) else { continue }
            let (width, height) = (Double(image.width), Double(image.height))
            let scale = min(Self.posterWidth / width, Self.posterHeight / height)
            let frame = MapRectangle(
                centreX: x, centreY: y, width: scale * width, height: scale * height)
            occupancy.take(frame.grown(by: 4))
            pictures.append(Picture(point: point, frame: frame, image: image))
        }
    }

    private mutating func name(_ points: [Int], upTo most: Int) {
        let frames = Dictionary(uniqueKeysWithValues: pictures.map { ($0.point, $0.frame.grown(by: 4)) })
        for point in points {
            guard names.count < most else { return }
            let choices = MapName.choices(
                map.points[point], point: point, at: frames[point] ?? mark(of: point)
            ).filter { occupancy.isFree($0.frame) }
            // Where it hides the fewest dots; of equally good places the first.
            guard let name = choices.min(by: { covered(by: $0) < covered(by: $1) }) else { continue }
            occupancy.take(name.frame)
            names.append(name)
        }
    }

    /// Dots below a name, and what it costs to stand away from the item.
    private func covered(by name: MapName) -> Int {
        places.count {
            $0.x > name.frame.x && $0.x < name.frame.right && $0.y > name.frame.y && $0.y < name.frame.bottom
        } + name.remoteness
    }

    /// The points in the area, as large as they fit, both axes to the same scale.
    private static func places(_ map: CatalogueMap) -> [(x: Double, y: Double)] {
        let (xs, ys) = (map.points.map { Double($0.x) }, map.points.map { Double($0.y) })
        let (left, right) = (xs.min() ?? 0, xs.max() ?? 0)
        let (low, high) = (ys.min() ?? 0, ys.max() ?? 0)
        // Half a poster of margin, so that one at the edge is whole.
        let inner = area.grown(by: -posterHeight / 2)
        let scale = min(inner.width / max(right - left, 1e-3), inner.height / max(high - low, 1e-3))
        return zip(xs, ys).map { x, y in
            (
                area.middleX + scale * (x - (left + right) / 2),
                area.middleY - scale * (y - (low + high) / 2)
            )
        }
    }
}
