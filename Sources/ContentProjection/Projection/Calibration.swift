import FloatKernels

/// How far left-out predictions are from the places they should have hit.
struct Calibration {
    /// outputs: the mean place.
    let mean: [Float]
    /// items × outputs: the predictions, as places.
    let leftOut: Matrix
    /// Expected squared error of each of these.
    let leftOutVariances: [Float]
    /// See `ContentProjection.variance`.
    let variance: Float
    /// See `ContentProjection.gain`; at least 1.
    let gain: Float
    /// R² of the predictions.
    let explained: Double

    /// Content that explains next to nothing is not blown up into opinions.
    private static let maximumGain = 4.0

    init(_ solution: RegressionProblem.Solution, _ link: FameLink, _ places: Matrix) {
        mean = places.columnMeans
        leftOut = link.placements(solution.leftOut)
        let raw = zip(link.amplitudes(solution.leftOut), solution.leftOutVariances).map { $0 * $0 * $1 }
        let (missed, total) = (places.squares(around: leftOut), places.squares(around: mean))
        let expected = raw.reduce(0) { $0 + Double($1) }
        let scale = Float(missed / max(expected, .leastNormalMagnitude))
        variance = scale
        leftOutVariances = raw.map { $0 * scale }
        explained = 1 - missed / max(total, .leastNormalMagnitude)
        let predicted = leftOut.squares(around: mean)
        gain = predicted > 0 ? Float(min(max((total / predicted).squareRoot(), 1), Self.maximumGain)) : 1
    }
}

extension Calibration {
    private static let groups = 5

    /// Predicted and actual errors of items in equal groups by the prediction, ascending.
    func reliability(_ places: Matrix) -> [ProjectionReport.Reliability] {
        let errors = (0..<places.rows).map { row in
            zip(places.row(row), leftOut.row(row)).reduce(0.0) {
                $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
            }
        }
        let order = errors.indices.sorted { (leftOutVariances[$0], $0) < (leftOutVariances[$1], $1) }
        return (0..<Self.groups).compactMap { group in
            let part = order[(group * order.count / Self.groups)..<((group + 1) * order.count / Self.groups)]
            guard !part.isEmpty else { return nil }
            let count = Double(part.count)
            return ProjectionReport.Reliability(
                items: part.count, predicted: part.reduce(0) { $0 + Double(leftOutVariances[$1]) } / count,
                actual: part.reduce(0) { $0 + errors[$1] } / count)
        }
    }
}

extension Matrix {
    /// Σ |row − vector|².
    fileprivate func squares(around vector: [Float]) -> Double {
        addingToRows(vector.map { -$0 }).elements.reduce(0) { $0 + Double($1) * Double($1) }
    }

    /// Σ |row − the other's row|².
    fileprivate func squares(around other: Matrix) -> Double {
        zip(elements, other.elements).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    }
}
