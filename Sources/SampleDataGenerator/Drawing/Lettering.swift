/// Capital letters drawn as strokes: a small geometric typeface.
struct Lettering {
    /// Height of a capital, in pixels.
    var size: Float
    /// Stroke width as a fraction of the size.
    var weight: Float
    /// Width of the letters relative to their design.
    var stretch: Float
    /// Space between letters as a fraction of the size.
    var tracking: Float

    /// The width of a line of text in pixels, from the outer edge of its first stroke to that of its last.
    func width(of text: String) -> Float {
        max(0, advance(of: text) - tracking * size)
    }

    /// The outline of a line of text.
    ///
    /// - Parameters:
    ///   - centre: The middle of the line's top edge.
    func path(_ text: String, centredAt top: Point) -> Path {
        var path = Path()
        var x = top.x - width(of: text) / 2
        for glyph in glyphs(text) {
            let inset = weight * size / 2
            let unit = Point(stretch, 1) * ((size - 2 * inset) / 8)
            for stroke in glyph.strokes {
                let points = Self.rounded(stroke).map { $0 * unit + Point(x + inset, top.y + inset) }
                path.add(.stroke(points, width: weight * size))
            }
            x += advance(glyph)
        }
        return path
    }

    /// The same lettering, made smaller where the text would be wider than the room it has.
    func fitted(_ lines: [String], within room: Float) -> Lettering {
        let widest = lines.map(width).max() ?? 0
        var copy = self
        if widest > room { copy.size *= room / widest }
        return copy
    }

    private func glyphs(_ text: String) -> [Glyph] {
        text.uppercased().compactMap { Glyph.table[$0] }
    }

    private func advance(of text: String) -> Float {
        glyphs(text).reduce(0) { $0 + advance($1) }
    }

    private func advance(_ glyph: Glyph) -> Float {
        let unit = (1 - weight) * size / 8
        return glyph.width * stretch * unit + (weight + tracking) * size
    }

    /// The points of a stroke with its marked corners replaced by quadratic curves.
    private static func rounded(_ stroke: [Glyph.Corner]) -> [Point] {
        var points: [Point] = []
        for (index, corner) in stroke.enumerated() {
            guard corner.isRound, index > 0, index + 1 < stroke.count else {
                points.append(corner.point)
                continue
            }
            let entry = tangent(corner, towards: stroke[index - 1])
            let exit = tangent(corner, towards: stroke[index + 1])
            for step in 0...6 {
                let t = Float(step) / 6
                points.append(
                    entry.mixed(with: corner.point, t).mixed(with: corner.point.mixed(with: exit, t), t))
            }
        }
        return points
    }

    private static func tangent(_ corner: Glyph.Corner, towards neighbour: Glyph.Corner) -> Point {
        let along = neighbour.point - corner.point
        let room = neighbour.isRound ? along.length / 2 : along.length
        return corner.point + along * (min(3, room) / along.length)
    }
}
