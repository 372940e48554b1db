package import ItemContent
import Recommendation

/// The map as a picture of dots.
package struct MapPNG {
    /// Pixels a unit of the plan: 2,400 × 1,800 of them.
    package static let scale = 1.5

    private let plan: MapPlan

    package init(_ plan: MapPlan) { self.plan = plan }

    package func image() -> RGBImage {
        var canvas = MapCanvas(
            width: MapPlan.width, height: MapPlan.height, scale: Self.scale, paper: .paper)
        for line in plan.names.compactMap(\.line) {
            canvas.line(from: line.from, to: line.to, width: 1.2, .ink)
        }
        for point in plan.dots { draw(dot: point, on: &canvas) }
        // The best known on top of those that it may touch, new ones on top of all.
        for picture in plan.pictures.reversed() { draw(picture, on: &canvas) }
        for name in plan.names { draw(name, on: &canvas) }
        drawWords(on: &canvas)
        return canvas.image
    }

    private func draw(dot point: Int, on canvas: inout MapCanvas) {
        let (item, place) = (plan.map.points[point], plan.places[point])
        let colour = MapColour.ofGenre(item.genre)
        guard item.isNew else {
            canvas.disc(x: place.x, y: place.y, radius: plan.radius, .ink, opacity: 0.35)
            return canvas.disc(x: place.x, y: place.y, radius: plan.radius - 0.6, colour)
        }
        canvas.disc(x: place.x, y: place.y, radius: plan.newRadius + 4.5, .paper)
        canvas.disc(x: place.x, y: place.y, radius: plan.newRadius, colour)
        canvas.disc(x: place.x, y: place.y, radius: plan.newRadius + 3, width: 2, .ink)
    }

    private func draw(_ picture: MapPlan.Picture, on canvas: inout MapCanvas) {
        let point = plan.map.points[picture.point]
        if point.isNew {
            canvas.rectangle(picture.frame.grown(by: 6.5), corner: 6, .ink)
            canvas.rectangle(picture.frame.grown(by: 4), corner: 4, .paper)
        } else {
            canvas.rectangle(picture.frame.grown(by: 3.5), corner: 3.5, .paper)
        }
        canvas.rectangle(picture.frame.grown(by: 2.3), corner: 2.3, MapColour.ofGenre(point.genre))
        canvas.picture(picture.image, in: picture.frame)
    }

    private func draw(_ name: MapName, on canvas: inout MapCanvas) {
        canvas.text(
            name.text, x: name.frame.x + 1, baseline: name.baseline, size: name.size, isBold: name.isNew,
            .ink,
            rim: .paper)
    }

    private func drawWords(on canvas: inout MapCanvas) {
        let words = MapWords(map: plan.map)
        canvas.text(words.title, x: 48, baseline: 52, size: 27, isBold: true, .ink)
        canvas.text(words.explanation + " " + words.worth, x: 48, baseline: 78, size: 14, .soft)
        for entry in MapLegend(words).entries {
            if let colour = entry.colour {
                canvas.disc(x: entry.x + 6, y: MapLegend.baseline - 5, radius: 6, colour)
            } else {
                canvas.disc(x: entry.x + 6, y: MapLegend.baseline - 5, radius: 5.5, width: 2, .ink)
            }
            canvas.text(entry.text, x: entry.x + 19, baseline: MapLegend.baseline, size: MapLegend.size, .ink)
        }
    }
}
