package import FloatKernels

/// Content that is learned and encoded, before any kernel has a weight: what several projections can be fitted to.
package struct LearnedContent: Sendable {
    package let encoder: ContentEncoder
    /// The items learned from, encoded.
    package let items: EncodedItems
    /// Where they stand, a row each.
    package let targets: ProjectionTargets

    /// The kinds of content that some kernel looks at, by the names of `ProjectionReport.Modality`, ascending.
    package func kinds(pool: ThreadPool) -> [String] {
        let views = KernelLibrary.offered(for: items, pool: pool).flatMap(\.views)
        return Set(views.map(WeightSearch.modality)).sorted()
    }
}
