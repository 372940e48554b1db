import ContentProjection
import Diagnostics
import FloatKernels
import NeuralNetwork

extension ItemFoldIn {
    /// Adds everything to a model file, under `fold_in.`.
    func write(to file: inout TensorFileWriter) {
        file.add("fold_in.prior_precision", matrix: priorPrecision)
        file.add(
            "fold_in.likelihood", shape: [6],
            floats: [
                spread, priorVariance, likelihood.likedFrom, likelihood.likedScale, likelihood.precision,
                likelihood.attraction,
            ])
        file.add("fold_in.counts", shape: [levels.counts.count], int32s: levels.counts.map(Int32.init))
        file.add("fold_in.estimated", matrix: levels.estimated)
        file.add("fold_in.actual", matrix: levels.actual)
        file.add("fold_in.gains", shape: [levels.gains.count], floats: levels.gains)
        file.add("fold_in.users", matrix: users.levels)
        file.add("fold_in.overall", shape: [2], floats: users.overall)
        file.add("fold_in.biases", shape: [2], floats: users.biases)
    }

    /// Reads what `write` wrote.
    ///
    /// - Throws: `Diagnostic` `model.…` where the file is damaged or its parts do not fit each other.
    init(from file: TensorFile, outputs: Int, users userCount: Int) throws {
        priorPrecision = try file.matrix("fold_in.prior_precision")
        let numbers = try file.floats("fold_in.likelihood", shape: [6])
        spread = numbers[0]
        priorVariance = numbers[1]
        likelihood = FoldInLikelihood(
            likedFrom: numbers[2], likedScale: numbers[3], precision: numbers[4], attraction: numbers[5])
        let counts = try file.int32s("fold_in.counts").map(Int.init)
        levels = PlaceLevels(
            counts: counts, estimated: try file.matrix("fold_in.estimated"),
            actual: try file.matrix("fold_in.actual"),
            gains: try file.floats("fold_in.gains", shape: [counts.count]))
        users = UserLevels(
            levels: try file.matrix("fold_in.users"), overall: try file.floats("fold_in.overall", shape: [2]),
            // Models of before strangers were told from users have none.
            biases: file.contains("fold_in.biases") ? try file.floats("fold_in.biases", shape: [2]) : nil)
        try file.require(
            priorPrecision.rows == outputs && priorPrecision.columns == outputs, "fold_in.prior_precision",
            "is as large as a place")
        let isAscending = counts.first == 0 && zip(counts, counts.dropFirst()).allSatisfy { $0 < $1 }
        try file.require(
            isAscending
                && [levels.estimated, levels.actual].allSatisfy {
                    $0.rows == counts.count && $0.columns == outputs
                }, "fold_in.counts", "has a level for every count")
        try file.require(
            users.levels.rows == userCount && users.levels.columns == 2, "fold_in.users",
            "has a row for every user")
    }
}
