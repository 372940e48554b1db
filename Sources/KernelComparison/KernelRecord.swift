/// What came out of a kernel, and what bounds the rounding in it.
struct KernelRecord: Codable {
    let name: String
    /// n, the multiply-adds in a result; 0 where results are the same bits in any build.
    let terms: Int
    let values: [Float]
    /// For each value Σ|aᵢ||bᵢ| over what it sums up.
    let magnitudes: [Float]

    /// The largest difference, as a part of what it may be; infinite where results are not comparable.
    ///
    /// With multiply-adds in one rounding a sum of n products is off by at most γₙ · Σ|aᵢ||bᵢ|, with two roundings by
    /// γ₂ₙ · Σ|aᵢ||bᵢ|, so the two are at most the sum of both apart (Higham, "Accuracy and Stability of Numerical
    /// Algorithms", section 3.1).
    func difference(from other: KernelRecord) -> Double {
        guard values.count == other.values.count, terms == other.terms else { return .infinity }
        let factor = gamma(terms) + gamma(2 * terms)
        var worst = 0.0
        for index in values.indices where values[index] != other.values[index] {
            let bound = factor * Double(magnitudes[index])
            let difference = abs(Double(values[index]) - Double(other.values[index]))
            worst = bound > 0 && difference.isFinite ? max(worst, difference / bound) : .infinity
        }
        return worst
    }

    /// γ_k = ku / (1 − ku), with u = 2⁻²⁴.
    private func gamma(_ k: Int) -> Double {
        let error = Double(k) * 0x1p-24
        return error / (1 - error)
    }
}
