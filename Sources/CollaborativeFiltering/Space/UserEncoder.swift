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

    /// Whether attributes are read, so that a user is encoded by them who has not rated anything.
    var readsAttributes: Bool { get }

    /// Whether `TastePrior.strength` says how ratings take over from what is believed beforehand. An encoder that has
    /// been trained on short histories, too, knows that by itself.
    var readsPriorStrength: Bool { get }

    /// What a model file keeps of the encoder; `UserEncoders.restore` reads it back.
    var tensors: [String: Matrix] { get }
}

extension UserEncoder {
    /// Not, unless an encoder says so.
    public var readsAttributes: Bool { false }
    /// As the closed forms do.
    public var readsPriorStrength: Bool { true }
}
