/// How long work tells what it is doing, and learns that it should stop.
///
/// A value that is passed down; the caller decides what becomes of the reports (a bar, a log line, an event).
public struct WorkMonitor: Sendable {
    /// One report: a stage, how far it is, and the figures that move.
    public struct Update: Sendable {
        /// What is being done, in words a user knows: "Learning poster filters".
        public var stage: String
        /// Steps done, of `total`.
        public var completed: Int
        /// Nil where the end is not known.
        public var total: Int?
        /// What is counted, in the plural: "epochs"; nil where steps are of no kind that anybody would count.
        public var unit: String?
        /// So many of `unit` are done; other than `completed` where that is told in something else, such as bytes of a file.
        public var count: Int
        /// A short figure to show beside the bar: "loss 0.231".
        public var note: String

        /// A report from its parts.
        ///
        /// - Parameter count: `completed` where nil.
        public init(
            stage: String, completed: Int, total: Int?, unit: String? = nil, count: Int? = nil,
            note: String = ""
        ) {
            self.stage = stage
            self.completed = completed
            self.total = total
            self.unit = unit
            self.count = count ?? completed
            self.note = note
        }
    }

    private let onUpdate: @Sendable (Update) -> Void
    private let shouldStop: @Sendable () -> Bool

    /// - Parameters:
    ///   - onUpdate: takes every report, on the thread that works.
    ///   - shouldStop: asked at every report.
    public init(
        onUpdate: @escaping @Sendable (Update) -> Void, shouldStop: @escaping @Sendable () -> Bool = { false }
    ) {
        self.onUpdate = onUpdate
        self.shouldStop = shouldStop
    }

    /// Reports go nowhere and the work is never stopped.
    public static let silent = WorkMonitor(onUpdate: { _ in })

    /// The same monitor with words before every stage ("Fold 2 of 5: "); it stops where this one stops.
    public func prefixing(_ words: String) -> WorkMonitor {
        WorkMonitor(
            onUpdate: { [onUpdate] update in
                var update = update
                update.stage = words + update.stage
                onUpdate(update)
            }, shouldStop: shouldStop)
    }

    /// Reports progress. Call it a few times a second at most from inner work, and at the beginning of a stage: what is said
    /// until the first report is still the stage before.
    ///
    /// - Parameters:
    ///   - unit: what is counted, in the plural, where steps are of a kind: "epochs".
    ///   - count: how many of them, where `completed` is told in something else.
    /// - Throws: `Diagnostic.interrupted` once the user asked to stop.
    public func report(
        _ stage: String, _ completed: Int, of total: Int? = nil, _ unit: String? = nil, count: Int? = nil,
        note: String = ""
    ) throws {
        try check()
        onUpdate(
            Update(
                stage: stage, completed: completed, total: total, unit: unit, count: count, note: note))
    }

    /// Asks, between reports, whether to go on.
    ///
    /// - Throws: `Diagnostic.interrupted` once the user asked to stop.
    public func check() throws {
        if shouldStop() { throw Diagnostic.interrupted }
    }
}
