import Recommendation

extension RatingReport {
    /// The table for people.
    var text: String {
        var table = TextTable([
            ("system", false), ("RMSE", false), ("folds", false), ("minus \(reference)", false),
            ("MAE", false),
        ])
        for system in systems {
            let range = (system.foldRmse.min() ?? 0, system.foldRmse.max() ?? 0)
            table.add(
                system.name, "\(system.rmse.formatted(3)) \(system.rmseInterval.text)",
                "\(range.0.formatted(3)) … \(range.1.formatted(3))", system.difference?.text ?? "",
                "\(system.mae.formatted(3)) \(system.maeInterval.text)")
        }
        return """
            Task ratings: held-out ratings of titles that have others, predicted.
            \(folds) folds, \(ratings.grouped) ratings by \(users.grouped) users.
            \(table.rendered())
            Root mean square and mean absolute error with their 95 % intervals over users (bootstrap). Smaller is better.

            """
    }
}
