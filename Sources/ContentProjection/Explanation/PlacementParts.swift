/// The place of one item, taken apart: where an item of unknown content stands, and what each kind of its content adds.
///
/// A place is z = μ + g Σ_k w_k k(x)ᵀ A_k, linear in the kernels, g the gain. A kernel that looks at one kind of content belongs
/// to it. A product of kernels is 0 as soon as one of its kinds is missing, so it is a game in which only all of them together
/// win something, and their Shapley values are equal shares (Shapley, "A value for n-person games", 1953). What a kind
/// adds is thus what it adds on average over all orders in which kinds may become known, and the sum is exact.
package struct PlacementParts: Sendable {
    /// outputs: where an item of unknown content stands.
    package let unknown: [Double]
    /// By the names of `ProjectionReport.Modality`, ascending: what the kind adds, outputs each.
    package let kinds: [(name: String, place: [Double])]
}
