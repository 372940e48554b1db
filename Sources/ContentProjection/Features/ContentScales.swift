import FloatKernels
import ItemContent

/// Years in units of the catalogue's own spread (the distance between its quartiles).
struct YearScale: Sendable {
    let centre: Float
    /// At least one year.
    let spread: Float

    init(centre: Float, spread: Float) {
        self.centre = centre
        self.spread = spread
    }

    init(fitting years: [Int]) {
        let sorted = years.sorted()
        centre = sorted.isEmpty ? 0 : Float(sorted[sorted.count / 2])
        spread = sorted.isEmpty ? 1 : max(Float(sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]), 1)
    }

    func view(_ records: [ContentRecord]) -> FeatureView {
        .points(
            Matrix(
                rows: records.count, columns: 1,
                elements: records.map { $0.year.map { (Float($0) - centre) / spread } ?? 0 }),
            present: records.map { $0.year != nil })
    }
}

/// How much there is of an item's content, standardised: ln(1 + words of the description), ln(1 + words of the title),
/// number of genres.
struct ShapeScale: Sendable {
    static let count = 3
    let mean: [Float]
    let deviation: [Float]

    init(mean: [Float], deviation: [Float]) {
        self.mean = mean
        self.deviation = deviation
    }

    init(fitting records: [ContentRecord], _ tokens: TokenizedRecords) {
        let raw = Self.raw(records, tokens)
        mean = raw.columnMeans
        deviation = raw.columnDeviations(around: mean)
    }

    func view(_ records: [ContentRecord], _ tokens: TokenizedRecords) -> FeatureView {
        var points = Self.raw(records, tokens)
        for row in 0..<points.rows {
            for column in 0..<Self.count {
                points[row, column] =
                    deviation[column] > 1e-6 ? (points[row, column] - mean[column]) / deviation[column] : 0
            }
        }
        return .points(points, present: [Bool](repeating: true, count: records.count))
    }

    private static func raw(_ records: [ContentRecord], _ tokens: TokenizedRecords) -> Matrix {
        var raw = Matrix(rows: records.count, columns: count)
        for row in records.indices {
            raw[row, 0] = naturalLogarithm(1 + Float(tokens.descriptions[row].count))
            raw[row, 1] = naturalLogarithm(1 + Float(tokens.titles[row].count))
            raw[row, 2] = Float(records[row].genres.count)
        }
        return raw
    }
}
