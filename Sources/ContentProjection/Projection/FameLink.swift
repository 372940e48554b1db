package import FloatKernels
import NeuralNetwork

/// Between places and what regression is asked for.
///
/// What makes an item known multiplies: a famous director's comedy gains more from being a comedy than an unknown one's.
/// In a space of scores that means longer vectors, for which adding up similarities is the wrong law. So an item's place is
/// taken as an amplitude times a direction, a link as in generalised linear models (McCullagh & Nelder 1989): with n the
/// item's ratings and m the median,
///
///     ℓ = ln(n + m / 10), less its mean,   a = exp(ℓ / 4),   z = a · (μ + y).
///
/// Regression learns y and ℓ, both at once: ℓ is one more output, scaled to weigh a fixed share of what y weighs.
package struct FameLink: Sendable {
    /// outputs: μ, the mean of z / a.
    package let mean: [Float]
    /// What ℓ is multiplied with as an output.
    package let scale: Float

    /// How much of the fame lengthens the vector; the rest is where its direction points.
    private static let exponent: Float = 0.25
    /// Sum of squares of the fame's output over that of the others.
    private static let share: Float = 0.3
    /// Ratings that everything has besides its own, in medians of all.
    private static let floor: Float = 0.1

    init(mean: [Float], scale: Float) {
        self.mean = mean
        self.scale = scale
    }

    /// The link, and the targets as regression sees them: items × (outputs + 1), every column with mean zero.
    package static func fit(_ targets: ProjectionTargets) -> (link: FameLink, outputs: Matrix) {
        let fames = fames(targets.counts)
        var directions = targets.placements
        for row in fames.indices {
            let amplitude = Self.amplitude(fames[row])
            for column in 0..<directions.columns { directions[row, column] /= amplitude }
        }
        let mean = directions.columnMeans
        directions = directions.addingToRows(mean.map { -$0 })
        let squares = fames.reduce(0) { $0 + $1 * $1 }
        let scale =
            squares > 0 ? (share * directions.squaredRowLengths.reduce(0, +) / squares).squareRoot() : 0
        let column = Matrix(rows: fames.count, columns: 1, elements: fames.map { $0 * scale })
        return (FameLink(mean: mean, scale: scale), Matrix(joiningColumns: [directions, column]))
    }

    /// The places (items × outputs) that outputs of regression stand for.
    package func placements(_ outputs: Matrix) -> Matrix {
        var placements = Matrix(rows: outputs.rows, columns: mean.count)
        for (row, amplitude) in amplitudes(outputs).enumerated() {
            for column in mean.indices {
                placements[row, column] = amplitude * (mean[column] + outputs[row, column])
            }
        }
        return placements
    }

    /// a of every item; errors of its place are as much larger as its place is.
    func amplitudes(_ outputs: Matrix) -> [Float] {
        (0..<outputs.rows).map { scale > 0 ? Self.amplitude(outputs[$0, mean.count] / scale) : 1 }
    }

    private static func amplitude(_ fame: Float) -> Float { Float(exponential(Double(exponent * fame))) }

    /// ℓ of every item.
    private static func fames(_ counts: [Int]) -> [Float] {
        let least = max(floor * (median(counts.map(Float.init)) ?? 0), 1)
        let logarithms = counts.map { naturalLogarithm(Float($0) + least) }
        let mean = logarithms.reduce(0, +) / Float(max(counts.count, 1))
        return logarithms.map { $0 - mean }
    }
}

extension FameLink {
    func write(to file: inout TensorFileWriter, as name: String) {
        file.add(name + ".mean", shape: [mean.count], floats: mean)
        file.add(name + ".scale", shape: [1], floats: [scale])
    }

    init(from file: TensorFile, _ name: String) throws {
        mean = try file.floats(name + ".mean")
        scale = try file.floats(name + ".scale", shape: [1])[0]
    }
}
