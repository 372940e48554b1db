/// γ_k = ku / (1 − ku) with u = 2⁻²⁴, the unit roundoff of Float: what k roundings can do to a sum of products
/// (N. Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1).
func gamma(_ k: Int) -> Double {
    let error = Double(k) * 0x1p-24
    return error / (1 - error)
}
