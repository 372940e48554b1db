import Diagnostics

extension WorkMonitor {
    private static let stage = "Learning from ratings"

    /// Says that a collaborative model begins to learn: an epoch may take a minute until it is told of.
    func begin(epochs: Int) throws { try report(Self.stage, 0, of: epochs, "epochs") }

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
            Self.stage, epoch, of: epochs, "epochs", note: "\(measure) \(decimal(value, places: 4))")
    }
}
