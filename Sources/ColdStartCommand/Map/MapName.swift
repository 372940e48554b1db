import Catalogue
import Recommendation

/// The name of an item on a still picture of the map.
package struct MapName: Sendable {
    /// Position among the map's points.
    package let point: Int
    package let text: String
    package let isNew: Bool
    /// What the letters take.
    package let frame: MapRectangle
    /// From where to where a line leads, if the name stands away from its item.
    package let line: (from: (x: Double, y: Double), to: (x: Double, y: Double))?
    /// What it costs that the name stands away, in dots hidden.
    let remoteness: Int

    /// The height of its letters as CSS counts it.
    package var size: Double { Self.size(isNew: isNew) }
    /// Where its letters stand.
    package var baseline: Double { frame.y + 0.78 * frame.height }

    private static let mostLetters = 34

    private static func size(isNew: Bool) -> Double { isNew ? 15 : 12.5 }

    /// Where a name may stand, the best place first: beside the item, below or above it; that of a new item also farther off.
    static func choices(_ point: CatalogueMap.Point, point index: Int, at mark: MapRectangle) -> [MapName] {
        let isNew = point.isNew
        let text = text(point)
        let width = StrokeFont.width(of: text, size: size(isNew: isNew)) + 2
        let height = 1.25 * size(isNew: isNew)
        let sides: [(x: Double, y: Double)] = [
            (1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (1, 1), (-1, -1), (-1, 1),
        ]
        return (isNew ? [3.0, 24, 48] : [2.0]).enumerated().flatMap { step, gap in
            (isNew ? sides[...] : sides.prefix(4)).map { side in
                let frame = MapRectangle(
                    centreX: mark.middleX + side.x * (mark.width / 2 + gap + width / 2),
                    centreY: mark.middleY + side.y * (mark.height / 2 + gap + height / 2), width: width,
                    height: height)
                let end = (
                    x: frame.middleX - side.x * frame.width / 2, y: frame.middleY - side.y * frame.height / 2
                )
                let start = (
                    x: mark.middleX + side.x * mark.width / 2, y: mark.middleY + side.y * mark.height / 2
                )
                return MapName(
                    point: index, text: text, isNew: isNew, frame: frame,
                    line: step > 0 ? (start, end) : nil, remoteness: 3 * step)
            }
        }
    }

    /// `★ Title (2026)` of a new item, `Title` of another.
    private static func text(_ point: CatalogueMap.Point) -> String {
        let title =
            point.item.title.count > mostLetters
            ? point.item.title.prefix(mostLetters - 1) + "…" : point.item.title
        return point.isNew ? "★ " + titled(title, point.item.year) : title
    }
}
