/// What `BiasedFactorisation` learns: μ + b_user + b_item + p·q.
struct RatingFactors {
    /// μ.
    let mean: Float
    let users: RatingSide
    let items: RatingSide

    /// The rating that user `user` is expected to give item `item`.
    func rating(_ user: Int, _ item: Int) -> Float {
        mean + users.biases[user] + items.biases[item] + users.product(user, items, item)
    }
}
