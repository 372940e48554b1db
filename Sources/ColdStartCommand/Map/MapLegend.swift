import Recommendation

/// The line below a still picture: a colour with its genre, and the ring of new items.
struct MapLegend {
    static let baseline = 1_162.0
    static let size = 15.0

    /// One of the line, with a ring where there is no colour.
    struct Entry {
        let text: String
        let colour: MapColour?
        let x: Double
    }

    let entries: [Entry]

    init(_ words: MapWords) {
        var x = 48.0
        var all = words.legend.map { (text: $0.name, colour: Optional($0.colour)) }
        if words.map.points.contains(where: \.isNew) { all.append(("new, without ratings", nil)) }
        entries = all.map { entry in
            defer { x += 19 + StrokeFont.width(of: entry.text, size: Self.size) + 26 }
            return Entry(text: entry.text, colour: entry.colour, x: x)
        }
    }
}
