import FloatKernels

/// How likely a user is to take one of some candidates, if one at all (see `SoftmaxScale`).
struct CandidateSoftmax {
    private let scale: Double
    private let highest: Float
    /// Σ exp(β (s − highest)) over the candidates.
    private let total: Double

    /// - Parameters:
    ///   - scores: of all items.
    ///   - candidates: those of them that compete.
    ///   - scale: β.
    init(_ scores: [Float], of candidates: ScanFilter, scale: Double) {
        var values = scores
        candidates.mask(&values)
        let highest = values.reduce(-.infinity, max)
        let factor = Float(scale)
        for row in values.indices { values[row] = factor * (values[row] - highest) }
        values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress, highest.isFinite else { return }
            FloatKernels.exponential(base, count: values.count)
        }
        self.scale = scale
        self.highest = highest
        total = highest.isFinite ? values.reduce(0) { $0 + Double($1) } : 0
    }

    /// Of a candidate.
    func probability(ofScore score: Float) -> Double {
        total > 0 ? exponential(Float(scale * Double(score - highest))) / total : 0
    }

    private func exponential(_ x: Float) -> Double {
        var value = x
        FloatKernels.exponential(&value, count: 1)
        return Double(value)
    }
}
