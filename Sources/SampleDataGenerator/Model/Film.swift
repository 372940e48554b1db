/// What is true of one film: the latent vector that its poster, its text, its makers and its ratings come from.
struct Film {
    /// First year in cinemas.
    var year: Int
    /// One weight for each `Theme`, 0 to about 1.2; one or two stand out.
    var themes: [Float]
    /// One strength for each `Tone`, mean 0, deviation about 1.
    var tones: [Float]
    /// `hiddenCount` further traits, which neither poster, text nor genre shows; half of them is the director's hand.
    var hidden: [Float]
    /// Stars above the average film, for everybody.
    var quality: Float
    /// Logarithm of how often it is chosen, beside taste.
    var popularity: Float
    var director: Person
    var cast: [Person]

    static let hiddenCount = 4

    /// Themes, tones and hidden traits, each block scaled to its share of what people like: 12 + 4 + 4 values.
    var latent: [Float] {
        themes.map { $0 * 3.1 } + tones.map { $0 * 0.85 } + hidden.map { $0 * 0.8 }
    }
}
