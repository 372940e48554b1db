import Foundation
package import Recommendation

/// A card as one HTML page that needs nothing else, the poster in it.
package struct CardPage {
    let card: ItemCard
    /// Bytes and media type.
    let poster: (bytes: [UInt8], mediaType: String)?

    package init(_ card: ItemCard, poster: (bytes: [UInt8], mediaType: String)?) {
        self.card = card
        self.poster = poster
    }

    package var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="generator" content="coldstart"/>
        <title>\(name.escapedForHTML)</title>
        <style>
        \(PageStyle.css)
        \(Self.css)
        </style>
        </head>
        <body>
        <main>
        <header class="card">
        \(picture)
        <div>
        <p class="eyebrow">\(card.provenance == .learned ? "coldstart" : "new in the catalogue")</p>
        <h1>\(name.escapedForHTML)</h1>
        <p class="muted">\(facts.escapedForHTML)</p>
        <p>\(card.description.escapedForHTML)</p>
        </div>
        </header>
        \(tiles)
        \(section("landed", "What it is like", Self.table(card.neighbours, caption: "Nearest by the correlation of scores over users.")))
        \(section("audience", "Who is expected to want it", audience))
        \(section("certainty", "How sure that is", certainty))
        \(card.voices.isEmpty ? "" : section("voices", "What poster, text and metadata say alone", voices))
        </main>
        </body>
        </html>

        """
    }

    private static let css = """
        .card { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 1.8rem; align-items: start; }
        .card img { width: 100%; border-radius: .6rem; border: 1px solid var(--rule); }
        .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1.4rem; }
        .sides h3 { margin: .4rem 0 .2rem; text-transform: capitalize; }
        td:first-child { text-align: left; padding-left: 0; white-space: normal; }
        .apart { color: var(--own); font-weight: 600; }
        @media (max-width: 30rem) { .card { grid-template-columns: 1fr; } .card img { max-width: 14rem; } }
        """

    private var words: CardWords { CardWords(card) }
    private var name: String { titled(card.title, card.year) }

    private var facts: String {
        ([card.genres.joined(separator: ", "), "item \(card.itemId)", "model \(card.modelVersion)"])
            .filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private var picture: String {
        guard let poster else { return "<p class=\"muted\">No poster.</p>" }
        let data = Data(poster.bytes).base64EncodedString()
        return
            "<img src=\"data:\(poster.mediaType);base64,\(data)\" alt=\"Poster of \(card.title.escapedForHTML)\"/>"
    }

    private func section(_ id: String, _ heading: String, _ body: String) -> String {
        """
        <section id="\(id)">
        <h2>\(heading)</h2>
        \(body)
        </section>
        """
    }

    private var tiles: String {
        var tiles: [(figure: String, name: String, note: String)] = []
        if let takers = card.audience.expectedTakers {
            tiles.append(
                (takers.formatted(takers < 10 ? 1 : 0), "expected takers", "if each user took one title"))
        }
        tiles.append(
            (
                card.audience.reach.percent, "of users reached",
                "have it among their first \(card.audience.listLength)"
            ))
        if let certainty = card.certainty {
            tiles.append(
                ("±\(certainty.variance.squareRoot().formatted(2))", "on its score", "one standard deviation")
            )
            tiles.append(
                (
                    certainty.ratingsUntilWarm.map { $0.grouped } ?? "–", "more ratings until warm",
                    "it has \(certainty.ratings.grouped)"
                ))
        }
        return "<ul class=\"tiles\">"
            + tiles.map {
                "<li class=\"tile\"><b>\($0.figure)</b><span>\($0.name)</span><small>\($0.note)</small></li>"
            }.joined(separator: "\n") + "</ul>"
    }

    private var audience: String {
        let likeliest = Self.rows(
            ["user", "score"], card.audience.likeliest.map { [$0.userId, $0.score.formatted(3)] },
            caption: "The likeliest of them.")
        guard !card.audience.traits.isEmpty else {
            return
                "<p>\(words.audience) Nothing sets them apart from all users beyond chance.</p>\n\(likeliest)"
        }
        let traits = Self.rows(
            ["commoner among them", "of them", "of all"],
            card.audience.traits.map {
                [CardWords.name(of: $0), $0.share.percent, $0.shareOfAll.percent]
            },
            caption:
                "Beyond chance, the surest first. For a genre the shares are those of likes, else those of users."
        )
        return "<p>\(words.audience)</p>\n\(traits)\n\(likeliest)"
    }

    private var certainty: String {
        guard let certainty = card.certainty else { return "<p>\(words.certainty)</p>" }
        let bars = certainty.forecast.map { forecast in
            let deviation = Double(forecast.variance.squareRoot())
            return BarChart.Bar(
                name: forecast.ratings == 0
                    ? "content alone" : "after \(CardWords.plural(forecast.ratings, "rating"))",
                figure: "±\(deviation.formatted(3))", value: deviation, isOwn: forecast.ratings == 0)
        }
        let title = "Standard deviation of the score, by number of ratings"
        return """
            <p>\(words.certainty)</p>
            <figure>\(BarChart(title: title, bars: bars).svg)
            <figcaption>\(title): what ratings of average users are expected to leave.</figcaption></figure>
            """
    }

    private var voices: String {
        let sides = card.voices.map { voice in
            """
            <div><h3>\(voice.name.escapedForHTML)</h3>
            <p class="muted">\(voice.kinds.joined(separator: ", ").escapedForHTML). ±\(voice.variance.squareRoot().formatted(3)); \
            moves it by \(voice.strength.percent) of what items differ by.</p>
            \(Self.table(voice.neighbours, caption: "What it would be like."))</div>
            """
        }
        let comparisons = card.comparisons.map { comparison in
            "<p\(comparison.disagrees ? " class=\"apart\"" : "")>\(words.line(of: comparison).capitalizedFirst.escapedForHTML).</p>"
        }
        return "<div class=\"sides\">\(sides.joined(separator: "\n"))</div>\n"
            + comparisons.joined(separator: "\n")
    }

    private static func table(_ neighbours: [Recommender.Neighbour], caption: String) -> String {
        rows(
            ["title", "similarity"],
            neighbours.map { [titled($0.title, $0.year), $0.similarity.formatted(3)] }, caption: caption)
    }

    /// A table; the first column is text.
    private static func rows(_ head: [String], _ rows: [[String]], caption: String) -> String {
        func line(_ cells: [String], _ element: String) -> String {
            "<tr>" + cells.map { "<\(element)>\($0.escapedForHTML)</\(element)>" }.joined() + "</tr>"
        }
        return """
            <div class="scroll"><table>
            <caption>\(caption.escapedForHTML)</caption>
            <thead>\(line(head, "th"))</thead>
            <tbody>\(rows.map { line($0, "td") }.joined(separator: "\n"))</tbody>
            </table></div>
            """
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
