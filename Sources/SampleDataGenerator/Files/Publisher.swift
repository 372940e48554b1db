import FloatKernels

/// Turns films into catalogue items: titles, texts, labels, posters.
struct Publisher {
    private var titles = TitleWriter()
    private var synopses = SynopsisWriter()

    /// - Parameter random: Dice for this item alone, so that one item does not change the next.
    mutating func item(_ id: String, _ film: Film, using random: inout RandomGenerator) -> CatalogueItem {
        let textThemes = Source.text.themes(of: film, using: &random)
        let textTones = Source.text.tones(of: film, using: &random)
        let title = titles.write(themes: textThemes, using: &random)
        let posterTones = Source.poster.tones(of: film, using: &random)
        let motif = Theme.allCases[random.index(weights: Source.poster.themes(of: film, using: &random))]
        let poster = Poster(
            title: title, credit: "A film by \(film.director.name)", theme: motif,
            bright: posterTones[Tone.bright.rawValue], loud: posterTones[Tone.loud.rawValue])
        return CatalogueItem(
            id: id, title: title, year: String(film.year), genres: Genre.label(film, using: &random),
            description: synopses.write(themes: textThemes, tones: textTones, using: &random),
            poster: poster.draw(using: &random), motif: motif, director: film.director.name,
            cast: film.cast.map(\.name))
    }
}
