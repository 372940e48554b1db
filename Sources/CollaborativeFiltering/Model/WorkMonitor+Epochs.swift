import Diagnostics

extension WorkMonitor {
    /// Says that an epoch of a collaborative model has ended, and how well it did.
    ///
    /// - Parameters:
    ///   - epoch: its number, from one.
    ///   - measure: what `value` is: loss, RMSE, AUC.
    /// - Throws: `training.diverged` where the value is no number, so that no epoch is spent on such a model; `interrupted`.
    func report(epoch: Int, of epochs: Int, _ measure: String, _ value: Double) throws {
        guard value.isFinite else {
            throw Diagnostic(
                .badData, code: "training.diverged",
                "the \(measure) is no number any more after epoch \(epoch) of \(epochs)",
                fix: "look for ratings far off the scale of the others, or train another --model")
        }
        try report(
            "Learning from ratings", epoch, of: epochs, note: "\(measure) \(decimal(value, places: 4))")
    }
}
