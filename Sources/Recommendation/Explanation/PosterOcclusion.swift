import ItemContent

/// Looks at a poster through what is lost when parts of it are covered (Zeiler & Fergus, "Visualizing and understanding
/// convolutional networks", 2014): windows of 3 × 3 cells at every place of a grid of 8 × 12.
///
/// A window is covered by other parts of the same poster, one after another, and the mean is taken. A flat colour, which is
/// usual, is something that a poster of any texture has nowhere: it is like no other poster then, whatever is covered.
enum PosterOcclusion {
    static let rows = 12, columns = 8
    private static let side = 3

    /// The upper left cells of all windows.
    static let windows: [(row: Int, column: Int)] = (0...(rows - side)).flatMap { row in
        (0...(columns - side)).map { (row, $0) }
    }

    /// How far a window is from those that cover it, going round; none of these overlaps it.
    private static let steps: [(row: Int, column: Int)] = [(5, 0), (5, 3), (0, 3), (3, 3)]

    /// Covered posters a window.
    static let covers = steps.count

    /// The poster `covers` times for every window, covered there.
    static func posters(_ poster: RGBImage) -> [RGBImage] {
        let most = (row: rows - side + 1, column: columns - side + 1)
        return windows.flatMap { window in
            steps.map { step in
                let other = (
                    row: (window.row + step.row) % most.row,
                    column: (window.column + step.column) % most.column
                )
                var covered = poster
                let lines = span(window.row, of: rows, length: poster.height)
                let places = span(window.column, of: columns, length: poster.width)
                // Windows may differ by a pixel where cells are no whole number of them.
                let top = min(other.row * poster.height / rows, poster.height - lines.count)
                let left = min(other.column * poster.width / columns, poster.width - places.count)
                for line in 0..<lines.count {
                    let target = ((lines.lowerBound + line) * poster.width + places.lowerBound) * 3
                    let source = ((top + line) * poster.width + left) * 3
                    covered.pixels.replaceSubrange(
                        target..<(target + places.count * 3),
                        with: poster.pixels[source..<(source + places.count * 3)])
                }
                return covered
            }
        }
    }

    /// From what is lost in each of `posters`.
    static func heat(_ all: [Double]) -> PosterHeat {
        let losses = windows.indices.map { window in
            all[(window * covers)..<((window + 1) * covers)].reduce(0, +) / Double(covers)
        }
        var sums = [[Double]](repeating: [Double](repeating: 0, count: columns), count: rows)
        var counts = sums
        for (window, loss) in zip(windows, losses) {
            for row in window.row..<(window.row + side) {
                for column in window.column..<(window.column + side) {
                    sums[row][column] += loss
                    counts[row][column] += 1
                }
            }
        }
        for row in 0..<rows {
            for column in 0..<columns { sums[row][column] /= max(counts[row][column], 1) }
        }
        return PosterHeat(cells: sums, regions: regions(losses))
    }

    /// At most so many regions are named, and none that does less than this share of what the first does.
    private static let mostRegions = 3, leastShare = 0.2

    /// Windows that do not overlap, those without which most is lost first.
    private static func regions(_ losses: [Double]) -> [PosterHeat.Region] {
        var chosen: [Int] = []
        let order = losses.indices.sorted { (-losses[$0], $0) < (-losses[$1], $1) }
        for window in order where losses[window] > 0 {
            guard chosen.count < mostRegions, losses[window] >= leastShare * losses[order[0]] else { break }
            let isApart = chosen.allSatisfy { other in
                abs(windows[other].row - windows[window].row) >= side
                    || abs(windows[other].column - windows[window].column) >= side
            }
            if isApart { chosen.append(window) }
        }
        return chosen.map { window in
            PosterHeat.Region(
                left: Double(windows[window].column) / Double(columns),
                top: Double(windows[window].row) / Double(rows), width: Double(side) / Double(columns),
                height: Double(side) / Double(rows), contribution: losses[window])
        }
    }

    /// The pixels of a window along one side.
    private static func span(_ cell: Int, of count: Int, length: Int) -> Range<Int> {
        (cell * length / count)..<((cell + side) * length / count)
    }
}
