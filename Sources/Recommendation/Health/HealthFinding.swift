/// Something about a workspace that its owner should know, and what to do about it.
public struct HealthFinding: Sendable, Encodable, Equatable {
    /// How bad it is.
    public enum State: String, Sendable, Encodable {
        /// All is well.
        case sound
        /// Nothing is wrong, and something could be better.
        case advice
        /// Answers are made from less than what is known by now.
        case stale
        /// Something is lost or broken.
        case damaged
    }

    /// What was looked at: `catalogue`, `new_ratings`. Stable.
    public let check: String
    /// How it is.
    public let state: State
    /// One sentence without a full stop.
    public let message: String
    /// Ids or files that it is about, the first few.
    public let examples: [String]
    /// The command to run, without the program's name; nil where there is nothing to do, or no command does it.
    public let command: String?

    /// A finding from its parts.
    init(_ check: String, _ state: State, _ message: String, examples: [String] = [], command: String? = nil)
    {
        self.check = check
        self.state = state
        self.message = message
        self.examples = Array(examples.prefix(Self.mostExamples))
        self.command = command
    }

    private static let mostExamples = 5
}

/// The command to run next, and why.
public struct NextStep: Sendable, Encodable, Equatable {
    /// As it is typed, with `…` where something is to be filled in.
    public let command: String
    /// One sentence without a full stop.
    public let why: String
}
