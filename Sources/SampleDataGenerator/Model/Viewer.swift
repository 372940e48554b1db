/// Somebody who watches and rates films.
struct Viewer {
    var age: Int
    /// F, M or X.
    var gender: String
    /// ISO 3166 two-letter code.
    var country: String
    /// One weight for each value of `Film.latent`.
    var tastes: [Float]
    /// Stars above the average viewer, for every film.
    var generosity: Float
    /// Ratings given.
    var ratingCount: Int
}
