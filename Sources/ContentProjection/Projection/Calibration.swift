import FloatKernels

/// How far left-out predictions are from the places they should have hit.
struct Calibration {
    /// items × outputs: the predictions, as places.
    let leftOut: Matrix
    /// Expected squared error of each of these.
    let leftOutVariances: [Float]
    /// See `PlacementRegression.variance`.
    let variance: Float
    /// See `ContentProjection.gain`; at least 1.
    let gain: Float
    /// R² of the predictions.
    let explained: Double

    /// Content that explains next to nothing is not blown up into opinions.
    private static let maximumGain = 4.0

    /// The squared error of every item.
    private let errors: [Double]

    /// - Parameter mean: the mean place, which the solution is centred on.
    init(_ solution: RegressionProblem.Solution, _ places: Matrix, mean: [Float]) {
        let predictions = solution.leftOut.addingToRows(mean)
        leftOut = predictions
        errors = (0..<places.rows).map { row in
            zip(places.row(row), predictions.row(row)).reduce(0.0) {
                $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
            }
        }
        let missed = errors.reduce(0, +)
        let total = places.squares(around: mean), predicted = predictions.squares(around: mean)
        let expected = solution.leftOutVariances.reduce(0) { $0 + Double($1) }
        let scale = Float(missed / max(expected, .leastNormalMagnitude))
        variance = scale
        leftOutVariances = solution.leftOutVariances.map { $0 * scale }
        explained = 1 - missed / max(total, .leastNormalMagnitude)
        gain = predicted > 0 ? Float(min(max((total / predicted).squareRoot(), 1), Self.maximumGain)) : 1
    }

    private static let groups = 5

    /// Predicted and actual errors of items in equal groups by the prediction, ascending.
    var reliability: [ProjectionReport.Reliability] {
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
}
