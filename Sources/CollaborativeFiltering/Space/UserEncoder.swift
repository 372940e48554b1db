public import FloatKernels

/// Makes a user's vector from what the user rated, after training and without a refit.
///
/// Every model is a user encoder over the one item table: a closed form for the dot-product models, a network for
/// those that read the sequence.
public protocol UserEncoder: Sendable {
    /// The vector (d values) of a user.
    ///
    /// The rows of `items` may have changed since training (items added, blended with new ratings), as long as
    /// they are vectors of the same space.
    ///
    /// - Parameter prior: what is believed of the user beforehand: his vector is `prior.mean` where there is no rating, and
    ///   moves towards that of his ratings alone as they come in. Nil lets the ratings speak alone.
    func vector(of user: UserProfile, items: ItemTable, prior: TastePrior?) -> [Float]

    /// What a model file keeps of the encoder; `UserEncoders.restore` reads it back.
    var tensors: [String: Matrix] { get }
}
