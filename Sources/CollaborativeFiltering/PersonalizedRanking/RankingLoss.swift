import FloatKernels

/// What a triplet costs whose liked item scores `margin` above the other one; only its slope is needed.
package protocol RankingLoss: Sendable {
    /// −loss′(margin), how strongly a step pulls the two apart; nil where there is no step to take.
    func pull(_ margin: Float) -> Float?
}

/// −ln σ(margin): every triplet is pulled, the less the better it is ordered (Rendle et al. 2009).
package struct LogisticLoss: RankingLoss {
    /// The loss has no settings.
    package init() {}

    @inline(__always)
    package func pull(_ margin: Float) -> Float? { logistic(-margin) }
}

/// max(0, wanted − margin): a triplet is pulled until its margin is wide enough, and then left alone (K. Weinberger and
/// L. Saul, "Distance Metric Learning for Large Margin Nearest Neighbor Classification", JMLR 10, 2009).
package struct HingeLoss: RankingLoss {
    /// The margin wanted.
    let wanted: Float

    /// The loss that wants a margin of `wanted`.
    package init(wanted: Float) { self.wanted = wanted }

    @inline(__always)
    package func pull(_ margin: Float) -> Float? { margin < wanted ? 1 : nil }
}
