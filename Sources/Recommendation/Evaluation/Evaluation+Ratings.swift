import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels

extension Evaluation {
    /// Divides the ratings into folds, each of which is predicted once, from the others, by the models that predict ratings.
    /// No prediction leaves the scale of the ratings it was learned from.
    ///
    /// - Parameter onInterrupt: gets what the folds say that were done, if there are some, before the interruption is thrown.
    /// - Throws: `evaluate.no_predictor` where none of the models named does, `evaluate.too_few_ratings`, what training
    ///   throws, or `interrupted`.
    public func predictRatings(
        folds: Int, seed: UInt64, onInterrupt: (RatingReport) -> Void = { _ in }
    ) throws -> RatingReport {
        guard !predictors.isEmpty else {
            throw Diagnostic(
                .usage, code: "evaluate.no_predictor",
                "none of these models predicts ratings: they order items",
                fix: "leave out --model, or name one that does: "
                    + CollaborativeModels.predictorNames.joined(separator: ", "))
        }
        let catalogue = try RatedCatalogue(workspace.catalogue, monitor: monitor)
        guard catalogue.interactions.count >= folds * 20 else {
            throw Diagnostic(
                .missingInput, code: "evaluate.too_few_ratings",
                "\(catalogue.interactions.count) ratings are too few for \(folds) folds",
                fix: "give fewer --folds, or import more ratings")
        }
        var total = RatingTally(users: catalogue.users.count)
        let reference = type(of: predictors[0]).name
        try forEachFold(
            folds, onInterrupt: { onInterrupt(total.report(folds: $0, reference: reference, seed: seed)) }
        ) { fold, monitor in
            // Taken over when all models have been judged in the fold.
            var tally = total
            let (training, held) = try catalogue.interactions.parted(fold, of: folds, seed: seed)
            let mean = RatingBaselines.mean(training)
            tally.add("global mean", held, training) { _ in { _ in mean } }
            let biases = RatingBaselines(training)
            tally.add("user and item biases", held, training) { user in { biases.rating(user, $0) } }
            for model in predictors {
                let space = try model.fit(
                    catalogue.data.replacing(training), seed: seed, pool: pool, monitor: monitor)
                // Once for all users: with layers, a scan first sees all items.
                let (scan, queries) = (space.scan(pool: pool), space.queries)
                tally.add(type(of: model).name, held, training) { user in
                    let scores = scan.scores(query: queries.row(user))
                    return { scores[$0] + space.userBiases[user] }
                }
            }
            total = tally
        }
        return total.report(folds: folds, reference: reference, seed: seed)
    }
}

extension InteractionMatrix {
    /// The ratings without one part of them, and for every user that part.
    fileprivate func parted(_ fold: Int, of folds: Int, seed: UInt64) throws -> (
        training: InteractionMatrix, held: [[HistoryEntry]]
    ) {
        var generator = RandomGenerator(seed: seed, stream: 610)
        var rows: [Interaction] = []
        rows.reserveCapacity(count)
        let held = (0..<userCount).map { user in
            history(ofUser: user).filter { entry in
                let isHeld = generator.index(below: folds) == fold
                if !isHeld {
                    rows.append(
                        Interaction(
                            user: user, item: entry.item, rating: entry.rating, timestamp: entry.timestamp))
                }
                return isHeld
            }
        }
        return (
            try InteractionMatrix(
                userCount: userCount, itemCount: itemCount, positiveThreshold: positiveThreshold, rows: rows),
            held
        )
    }
}
