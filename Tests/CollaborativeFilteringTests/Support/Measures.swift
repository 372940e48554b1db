import CollaborativeFiltering
import FloatKernels
import Testing

/// The items from the highest score down, without those of `history`.
func ranking(_ scores: [Float], without history: [HistoryEntry]) -> [Int] {
    let seen = Set(history.map(\.item))
    return scores.indices.filter { !seen.contains($0) }.sorted { scores[$0] > scores[$1] }
}

/// Pearson's correlation.
func correlation(_ a: [Float], _ b: [Float]) -> Float {
    let (meanA, meanB) = (a.reduce(0, +) / Float(a.count), b.reduce(0, +) / Float(b.count))
    var (ab, aa, bb): (Float, Float, Float) = (0, 0, 0)
    for (x, y) in zip(a, b) {
        ab += (x - meanA) * (y - meanB)
        aa += (x - meanA) * (x - meanA)
        bb += (y - meanB) * (y - meanB)
    }
    return ab / (aa * bb).squareRoot()
}

/// Expects mean 0 and UᵀU / n = I, to the rounding of sums of n terms of size about 1.
func expectWhite(_ users: Matrix, sourceLocation: SourceLocation = #_sourceLocation) {
    let tolerance = Float(users.rows).squareRoot() * 8 * Float.ulpOfOne + 4e-6
    for i in 0..<users.columns {
        var mean = 0.0
        for row in 0..<users.rows { mean += Double(users[row, i]) / Double(users.rows) }
        #expect(abs(mean) < Double(tolerance), sourceLocation: sourceLocation)
        for j in 0..<users.columns {
            var sum = 0.0
            for row in 0..<users.rows { sum += Double(users[row, i]) * Double(users[row, j]) }
            let expected = i == j ? 1.0 : 0.0
            #expect(
                abs(sum / Double(users.rows) - expected) < Double(tolerance), sourceLocation: sourceLocation)
        }
    }
}
