import Diagnostics
import Foundation

/// Runs `work`; where Ctrl-C or SIGTERM stops it, the error says what is kept, and how to go on.
///
/// - Parameters:
///   - kept: "nothing was imported".
///   - next: what the command that follows does: "import it with".
///   - command: that command; the one that was typed, where nil.
func keeping<Result>(
    _ kept: @autoclosure () -> String, _ next: String = "go on with", _ command: String? = nil,
    _ work: () throws -> Result
) throws -> Result {
    do {
        return try work()
    } catch let stop as Diagnostic where stop.kind == .interrupted {
        throw Diagnostic(
            .interrupted, code: "interrupted", "stopped on request, \(kept())",
            fix: "\(next): \(command ?? Invocation.line)")
    }
}

/// The command as it was typed.
enum Invocation {
    /// Such that a shell reads it as it stands.
    static var line: String {
        CommandLine.arguments.map(quoted).joined(separator: " ")
    }

    /// The program as it was called.
    static var program: String { quoted(CommandLine.arguments.first ?? "coldstart") }

    /// The program with other arguments, in the same workspace.
    static func line(_ global: GlobalOptions, _ arguments: String...) -> String {
        let workspace = global.workspace.map { ["--workspace", $0] } ?? []
        return ([program] + (arguments + workspace).map(quoted)).joined(separator: " ")
    }

    static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_./=,:@%+".unicodeScalars.contains($0)
        }
        return plain && !text.isEmpty ? text : "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
