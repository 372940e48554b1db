extension SampleData {
    /// The page that explains the folder.
    func readme(seed: UInt64) -> String {
        let posters = items.count { $0.poster != nil }
        let texts = items.count { !$0.description.isEmpty }
        return """
            # Sample data

            An invented film catalogue. No film, person, poster, text or rating in it is real: all of it is drawn by
            `Sources/SampleDataGenerator`, from one seed, and may be used like the rest of the project (Apache-2.0).

            ```sh
            swift run -c release SampleDataGenerator --seed \(seed) SampleData
            ```

            writes this folder again, byte for byte (on the same platform: the C library's `exp` and `sin`, and the
            zlib that packs the posters, may differ in the last bit elsewhere).

            | file | what |
            | --- | --- |
            | `items.csv` | \(items.count) films: `item_id,title,year,genres,description,poster,director,cast`; `\\|` between several values |
            | `posters/` | \(posters) posters, 200 × 300 PNG; the others have none |
            | `users.csv` | \(viewers.count) viewers: `user_id,age,gender,country` |
            | `ratings.csv` | \(ratings.count) ratings of 1 to 5 stars: `user_id,item_id,rating,timestamp` (seconds, UTC), 2025 and 2026 |
            | `new-arrivals/` | \(arrivals.count) films of 2026 that nobody has rated, as `arrivals.csv` with posters |

            Gaps are meant: \(items.count - posters) films have no poster, \(items.count - texts) no description, a few neither year nor director.

            ## What there is to learn

            Every film has 20 hidden numbers: 12 themes (space, noir, pastoral, family, horror, sports, heist,
            musical, western, sea, history, fantasy; one stands out, often a second), 4 tones (dark or bright, quiet or
            loud, earnest or playful, plain or strange) and 4 traits without a name. Every viewer has 20 tastes. Then

                stars = 3.3 + generosity of the viewer + quality of the film + affinity (tastes · film) + noise

            rounded to 1...5; the affinity has a deviation of 0.85 stars over all pairs, the noise of 0.6.
            Viewers choose what they rate: by taste, by popularity, and by the mood of the evening, so that ratings
            close in time have a theme in common and the stars given are kinder than the films deserve.

            Each source tells a part of it, with noise, and none tells all:

            | source | shows | hides |
            | --- | --- | --- |
            | poster | one theme, by its motif (space, horror, western, sea clearest); bright and loud, by inks and crowd | the second theme; playful, strange |
            | description, title | all themes, sentence by sentence (noir, heist, history clearest); playful and strange, by the last sentences | most of bright and loud |
            | genres | most themes; sports hide in Drama, the sea in Adventure, noir and heist share Crime | tones |
            | director, cast | the themes they lean to, the director's tones, and half of the traits without a name | the film at hand |
            | year | which themes were in fashion | the rest |
            | ratings | everything, as they come in | |

            Tastes depend in part on age, gender and country, in ways drawn at random: they say nothing about anyone.

            `--truth DIR` also writes the hidden numbers, for measuring how much of them a model finds.

            """
    }
}
