/// An error that a person can act on: what is wrong, where, and what to do about it.
///
/// Every error that leaves a target of this package is a `Diagnostic`. Programmer errors trap instead.
public struct Diagnostic: Error, Sendable, Equatable {
    /// What went wrong in kind; decides the exit code and the HTTP status.
    public enum Kind: String, Sendable {
        case usage, badData, missingInput, unavailable, interrupted, other

        /// The exit code of the command (sysexits.h, and 130 for an interrupt).
        public var exitCode: Int32 {
            switch self {
            case .usage: 64
            case .badData: 65
            case .missingInput: 66
            case .unavailable: 69
            case .interrupted: 130
            case .other: 1
            }
        }
    }

    /// A place in a file; line and column count from one.
    public struct Location: Sendable, Equatable {
        /// Path as the user named it.
        public var file: String
        /// Line, if the place is that exact.
        public var line: Int?
        /// Column, if the place is that exact.
        public var column: Int?

        /// A place from its parts.
        public init(file: String, line: Int? = nil, column: Int? = nil) {
            self.file = file
            self.line = line
            self.column = column
        }
    }

    /// What went wrong in kind.
    public var kind: Kind
    /// Stable, dotted, lower case: `poster.truncated`. Documented; scripts may rely on it.
    public var code: String
    /// One sentence without a full stop.
    public var message: String
    /// Where, if there is a place.
    public var location: Location?
    /// What to do about it, one sentence without a full stop.
    public var fix: String

    /// An error from its parts.
    public init(_ kind: Kind, code: String, _ message: String, at location: Location? = nil, fix: String) {
        self.kind = kind
        self.code = code
        self.message = message
        self.location = location
        self.fix = fix
    }

    /// The same error, with a place where it had none.
    public func located(at location: Location) -> Diagnostic {
        var copy = self
        copy.location = self.location ?? location
        return copy
    }

    /// The work was stopped on request.
    public static let interrupted = Diagnostic(
        .interrupted, code: "interrupted", "stopped on request", fix: "run the same command again to go on")
}

extension Diagnostic.Location: CustomStringConvertible {
    /// `file:line:column`, as far as known.
    public var description: String {
        [file, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column: message; fix`, on one line.
    public var description: String {
        (location.map { "\($0): " } ?? "") + message + "; " + fix
    }
}
