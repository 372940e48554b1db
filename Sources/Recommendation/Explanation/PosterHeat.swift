package import ItemContent

/// What the parts of a poster say about a score.
public struct PosterHeat: Sendable, Encodable {
    /// Rows from the top of cells from the left: what the score loses, on average, when a region around the cell is covered.
    public let cells: [[Double]]
    /// The regions without which the score loses most, the first most; they do not overlap.
    public let regions: [Region]

    /// A part of a poster.
    public struct Region: Sendable, Encodable {
        /// Of the poster's width, 0 to 1.
        public let left: Double
        /// Of the poster's height, 0 to 1.
        public let top: Double
        /// Of the poster's width, 0 to 1.
        public let width: Double
        /// Of the poster's height, 0 to 1.
        public let height: Double
        /// What the score loses when the region is covered.
        public let contribution: Double

        /// Where it is, in words.
        public var name: String {
            let across = third(left + width / 2, ["left", "", "right"])
            let down = third(top + height / 2, ["upper", "", "lower"])
            return switch (down.isEmpty, across.isEmpty) {
            case (true, true): "centre"
            case (true, false): across
            case (false, true): "\(down) middle"
            case (false, false): "\(down) \(across)"
            }
        }

        private func third(_ place: Double, _ names: [String]) -> String {
            names[min(max(Int(place * 3), 0), 2)]
        }
    }

    /// Heights of a picture that people look at; others are brought to the nearer of these.
    private static let heights = 480...1200
    private static let widest = 2_400
    /// How much of its colour a poster keeps where nothing is said.
    private static let restingColour = 0.0, restingLight = 0.45
    /// What speaks for the score is tinted orange, what speaks against it blue.
    private static let warm = [255.0, 120, 20], cool = [40.0, 110, 255]

    /// The poster, grey and dark where it says nothing; in its own colours and tinted where it does.
    package func drawn(over poster: RGBImage) -> RGBImage {
        let height = min(max(poster.height, Self.heights.lowerBound), Self.heights.upperBound)
        let width = min(max(poster.width * height / poster.height, 1), Self.widest)
        var picture = poster.resampled(width: width, height: height)
        let largest = cells.joined().reduce(0) { max($0, abs($1)) }
        for row in 0..<picture.height {
            for column in 0..<picture.width {
                let heat = largest > 0 ? value(row, column, picture) / largest : 0
                let start = (row * picture.width + column) * 3
                let own = (0..<3).map { Double(picture.pixels[start + $0]) }
                let grey = 0.299 * own[0] + 0.587 * own[1] + 0.114 * own[2]
                let strength = abs(heat) * abs(heat).squareRoot()
                let colour = Self.restingColour + (1 - Self.restingColour) * strength
                let light = Self.restingLight + (1 - Self.restingLight) * strength
                let tint = heat > 0 ? Self.warm : Self.cool
                for part in 0..<3 {
                    let plain = light * (grey + colour * (own[part] - grey))
                    let mixed = plain + 0.5 * strength * (tint[part] - plain)
                    picture.pixels[start + part] = UInt8(clamping: Int(mixed.rounded()))
                }
            }
        }
        return picture
    }

    /// Between the centres of the cells, linearly.
    private func value(_ row: Int, _ column: Int, _ picture: RGBImage) -> Double {
        func place(_ pixel: Int, _ length: Int, _ count: Int) -> (Int, Int, Double) {
            let at = (Double(pixel) + 0.5) / Double(length) * Double(count) - 0.5
            let within = min(max(at, 0), Double(count - 1))
            let first = min(Int(within), max(count - 2, 0))
            return (first, min(first + 1, count - 1), within - Double(first))
        }
        let (top, bottom, down) = place(row, picture.height, cells.count)
        let (left, right, across) = place(column, picture.width, cells[0].count)
        let upper = cells[top][left] + across * (cells[top][right] - cells[top][left])
        let lower = cells[bottom][left] + across * (cells[bottom][right] - cells[bottom][left])
        return upper + down * (lower - upper)
    }
}
