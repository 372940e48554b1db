public import FloatKernels

/// Makes a user's vector from what the user rated, after training and without a refit.
///
/// Every model is a user encoder over the one item table: a closed form for the dot-product models, a network for
/// those that read the sequence.
public protocol UserEncoder: Sendable {
    /// The vector (d values) of a user who rated `history`, in any order.
    ///
    /// The rows of `items` may have changed since training (items added, blended with new ratings), as long as
    /// they are vectors of the same space.
    func vector(history: [HistoryEntry], items: ItemTable) -> [Float]

    /// The same for a user of whom something is known beforehand: `prior.mean` where there is no rating, towards the
    /// vector of the history alone as ratings come in.
    func vector(history: [HistoryEntry], items: ItemTable, prior: TastePrior) -> [Float]

    /// What a model file keeps of the encoder; `UserEncoders.restore` reads it back.
    var tensors: [String: Matrix] { get }
}
