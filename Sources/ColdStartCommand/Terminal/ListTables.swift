import Recommendation

extension ListComparison {
    /// The table for people.
    var text: String {
        var table = TextTable([
            ("policy", false), ("NDCG@20", true), ("±", true), ("of new", true), ("new shown", true),
            ("Gini", true), ("similarity", true), ("popularity rank", true),
        ])
        for line in lines {
            table.add(
                line.policy, line.score.ndcg20.formatted(4), line.score.ndcg20StandardError.formatted(4),
                line.newItemScore.ndcg20.formatted(4), line.exposure.shown.percent,
                line.exposure.gini.formatted(3), line.similarity.formatted(3),
                line.popularityRank.formatted(0))
        }
        return "Task lists, \(folds) folds, \(lists.grouped) lists of \(length).\n" + table.rendered()
    }
}

extension ExplorationReport {
    /// Rounds that people are shown; JSON has all.
    private static let shownRounds: Set<Int> = [1, 2, 5, 10]

    /// The table for people.
    var text: String {
        var table = TextTable([
            ("policy", false), ("round", true), ("likes found", true), ("of new items", true),
            ("5 ratings", true), ("NDCG@20 of hidden", true), ("±", true),
        ])
        for line in lines where Self.shownRounds.contains(line.round) {
            table.add(
                line.policy, "\(line.round)", line.likes.grouped, line.newLikes.grouped, line.started.percent,
                line.score.ndcg20.formatted(4), line.score.ndcg20StandardError.formatted(4))
        }
        return """
            Task exploration, \(folds) folds, \(newItems.grouped) new items, lists of \(length); \(findable.grouped) likes can be found, \(newFindable.grouped) of them of new items.

            """ + table.rendered()
    }
}
