import CollaborativeFiltering
import Recommendation

extension EvaluationPage {
    /// What to remember, a tile a task.
    var tiles: String {
        let tiles = report.tasks.compactMap(tile).map { tile in
            """
            <li class="tile"><b>\(tile.figure.escapedForHTML)</b><span>\(tile.meaning.escapedForHTML)</span>\
            <small>\(tile.comparison.escapedForHTML)</small></li>
            """
        }
        return tiles.isEmpty ? "" : "<ul class=\"tiles\">\n\(tiles.joined(separator: "\n"))\n</ul>"
    }

    private struct Tile {
        let figure: String
        let meaning: String
        let comparison: String
    }

    private func tile(_ result: Evaluation.Result) -> Tile? {
        let ratings =
            result.task.collectsRatings ? result.systems.compactMap(\.ratings).last { $0 <= 5 } : nil
        let rivals = result.systems.filter { $0.ratings == ratings }
        guard let own = rivals.first(where: { $0.name == result.reference }) else { return nil }
        let best = rivals.filter { $0.name != own.name }.max { $0.score.ndcg20 < $1.score.ndcg20 }
        let figure = own.score.ndcg20.formatted(3)
        func beside(_ meaning: String) -> Tile {
            Tile(figure: figure, meaning: "NDCG@20 " + meaning, comparison: Self.comparison(best))
        }
        return switch result.task {
        case .cold: beside("among titles that nobody has rated")
        case .mixed:
            Tile(
                figure: own.exposure?.shown.percent ?? figure,
                meaning: "of new titles are shown to somebody, beside all others",
                comparison: "NDCG@20 \(figure); " + Self.comparison(best))
        case .warm: beside("among titles that have ratings, by \(own.name)")
        case .nextItem: beside("of the title rated last, by \(own.name)")
        case .warmUp: beside("of new titles once each has \(ratings ?? 0) ratings")
        case .newUsers: beside("for new users once each has given \(ratings ?? 0) ratings")
        case .content:
            Tile(
                figure: figure, meaning: "NDCG@20 with all content",
                comparison: result.systems.filter(\.isLeavingOut)
                    .min { $0.score.ndcg20 < $1.score.ndcg20 }
                    .map { "at worst \($0.score.ndcg20.formatted(3)), \($0.name.dropFirst(4))" } ?? "")
        }
    }

    /// Beside the strongest rival, whether it is weaker or not.
    private static func comparison(_ best: Evaluation.System?) -> String {
        guard let best, let difference = best.difference else { return "" }
        let word =
            !difference.isBeyondNoise ? "within noise of" : difference.mean < 0 ? "ahead of" : "behind"
        return "\(word) \(best.name), \(best.score.ndcg20.formatted(3))"
    }

    var glossary: String {
        """
        <section id="reading">
        <h2>How to read this</h2>
        <dl>
        <dt>NDCG@20</dt>
        <dd>How well a list of twenty puts what the user likes on top: 1 where all of it comes first, 0 where none is there.
        Values of different tasks cannot be compared, as lists are drawn from more or fewer titles.</dd>
        <dt>Recall@20</dt>
        <dd>The share of what the user likes that is among the first twenty.</dd>
        <dt>AUC</dt>
        <dd>How often a title that the user likes stands above one that is not known to be liked; chance gives 0.5.</dd>
        <dt>95 % interval, and differences</dt>
        <dd>Users were drawn anew a thousand times, with all their lists (bootstrap, percentiles). Differences are taken list
        by list, on the same draws: where the interval leaves out zero, the difference is more than the luck of which users
        there are. Others are grey in the tables.</dd>
        <dt>Folds</dt>
        <dd>The lowest and the highest of the \(report.folds) parts. Another draw of held-out titles moves the figures more than
        other users do, and no interval over users knows of it. Expect that of next month's new titles too.</dd>
        <dt>coldstart, content alone</dt>
        <dd>Places by poster, text and metadata in the space learned from ratings; with ratings of the title, as they come
        in, and without.</dd>
        <dt>Linear ridge</dt>
        <dd>The simple map from genres, names and words to a place, all with equal weight.</dd>
        <dt>Content neighbours</dt>
        <dd>How alike a title is to what the user liked, in genres, names and words.</dd>
        <dt>Popularity, genre popularity</dt>
        <dd>The likes that a title has; the mean of titles that share its genres.</dd>
        <dt>Ratings alone</dt>
        <dd>As coldstart, but from the place of an unknown title instead of the one that content gives.</dd>
        <dt>Profile and ratings, profile alone</dt>
        <dd>What a user's attributes say of him, with the ratings that he has given, and without.</dd>
        <dt>\(CollaborativeModels.names.joined(separator: ", "))</dt>
        <dd>What collaborative models do for titles that have ratings. No content is read.</dd>
        </dl>
        </section>
        """
    }
}

extension Evaluation.Task {
    var heading: String {
        switch self {
        case .cold: "Titles that nobody has rated"
        case .mixed: "New titles beside all others"
        case .warm: "Titles that have ratings"
        case .nextItem: "What comes next"
        case .warmUp: "The first ratings"
        case .newUsers: "New users"
        case .content: "What the content is worth"
        }
    }

    var explanation: String {
        switch self {
        case .cold:
            "All ratings of a title were taken away, and it was placed by its content. New titles compete among themselves."
        case .mixed:
            "The same titles in one list with all others that the user has not rated. Only the new ones count as found."
        case .warm: "Single ratings were taken away of titles that keep others."
        case .nextItem:
            "The title that every user rated last was taken away, and is to be found among all that he had not rated."
        case .warmUp:
            "New titles are given back some of their ratings, and compete among themselves for the likes that stay hidden."
        case .newUsers:
            "Users were held out with all their ratings and are given back some of them. All titles compete for the likes "
                + "that stay hidden."
        case .content:
            "New titles among themselves, placed by parts of their content. Text is title, description and their length; "
                + "metadata is everything but text and poster."
        }
    }
}
