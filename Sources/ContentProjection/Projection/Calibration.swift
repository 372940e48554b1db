import FloatKernels

/// How far left-out predictions are from the places they should have hit.
struct Calibration {
    /// items × outputs: the predictions, as places.
    let leftOut: Matrix
    /// Expected squared error of each of these.
    let leftOutVariances: [Float]
    /// Of every part, see `KernelRegression.variance`.
    let variances: [Float]
    /// See `ContentProjection.gain`; at least 1.
    let gain: Float
    /// R² of the predictions.
    let explained: Double

    /// Content that explains next to nothing is not blown up into opinions.
    private static let maximumGain = 4.0

    /// The squared error of every item.
    private let errors: [Double]

    /// - Parameters:
    ///   - solutions: of the parts of a place, whose outputs stand side by side.
    ///   - mean: the mean place, which they are centred on.
    init(_ solutions: [RegressionProblem.Solution], _ places: Matrix, mean: [Float]) {
        let predictions = Matrix(joiningColumns: solutions.map(\.leftOut)).addingToRows(mean)
        leftOut = predictions
        var errors = [Double](repeating: 0, count: places.rows)
        var expected = [Float](repeating: 0, count: places.rows)
        var column = 0
        variances = solutions.map { solution in
            let columns = column..<(column + solution.leftOut.columns)
            column = columns.upperBound
            let own = (0..<places.rows).map { row in
                columns.reduce(0.0) { sum, column in
                    let error = Double(places[row, column] - predictions[row, column])
                    return sum + error * error
                }
            }
            let predicted = solution.leftOutVariances.reduce(0) { $0 + Double($1) }
            let scale = Float(own.reduce(0, +) / max(predicted, .leastNormalMagnitude))
            for row in own.indices {
                errors[row] += own[row]
                expected[row] += scale * solution.leftOutVariances[row]
            }
            return scale
        }
        self.errors = errors
        leftOutVariances = expected
        let missed = errors.reduce(0, +)
        let total = places.squares(around: mean), predicted = predictions.squares(around: mean)
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
