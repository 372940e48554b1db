import Diagnostics

/// A training that was asked for: what is to be done, and how far it is.
struct Training: Codable, Sendable {
    enum Kind: String, Codable, CaseIterable { case retrain, train }

    enum State: String, Codable {
        case running, cancelling
        /// The new version answers.
        case succeeded
        /// The new version ranks held-out items worse, so the old one goes on answering.
        case keptInactive = "kept_inactive"
        case failed, cancelled
        /// The service ended before it did.
        case interrupted

        var isOver: Bool { self != .running && self != .cancelling }
    }

    /// A figure that moved while the training ran.
    struct Point: Codable, Sendable {
        let stage: String
        let completed: Int
        let total: Int?
        let note: String
        /// The last number of the note, such as a loss.
        let value: Double?
        /// Since the training began.
        let seconds: Double
    }

    let id: String
    let kind: Kind
    let createdAt: Int64
    var state = State.running
    var endedAt: Int64?
    var stage = "Waiting"
    var completed = 0
    var total: Int?
    var note = ""
    /// The version that it made.
    var version: String?
    /// Why it failed, or why its version does not answer.
    var message: String?
    var curve: [Point] = []

    init(id: String, kind: Kind, createdAt: Int64) {
        self.id = id
        self.kind = kind
        self.createdAt = createdAt
    }

    /// Beyond so many points every second one is left out.
    private static let mostPoints = 500

    /// Takes a report of the work.
    mutating func take(_ update: WorkMonitor.Update, after seconds: Double) {
        let isNewFigure = !update.note.isEmpty && update.note != note
        if isNewFigure || update.stage != stage {
            curve.append(
                Point(
                    stage: update.stage, completed: update.completed, total: update.total, note: update.note,
                    value: Self.lastNumber(in: update.note), seconds: seconds))
            if curve.count > Self.mostPoints {
                curve = curve.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
            }
        }
        stage = update.stage
        completed = update.completed
        total = update.total
        note = update.note
    }

    private static func lastNumber(in note: String) -> Double? {
        note.split { $0 == " " || $0 == "%" }.last.flatMap { Double($0) }
    }
}
