import Foundation
import Testing

/// One live line on a terminal; plain lines elsewhere.
@Suite struct LiveLineTests {
    private let erase = "\u{1B}[J"

    /// The live lines that were drawn, as they stood.
    private func drawn(_ text: String) -> [String] {
        text.components(separatedBy: erase).dropLast().compactMap { part in
            part.components(separatedBy: "\r").last
        }.filter { !$0.isEmpty && !$0.hasPrefix("\u{1B}") }
    }

    @Test func theLineFitsTheTerminalAndIsGoneBeforeTheAnswer() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let terminal = try PseudoTerminal(
            ["train", "--model", "gru", "--epochs", "12"], workspace: workspace, columns: 60)
        let text = terminal.read()
        #expect(terminal.exitCode == 0, "\(text)")
        let lines = drawn(text)
        #expect(lines.count > 3 && lines.allSatisfy { $0.count < 60 }, "\(lines)")
        #expect(
            lines.contains { $0.hasPrefix("Learning from ratings") && $0.contains("epochs/s") }, "\(lines)")
        #expect(lines.contains { $0.contains("█") && $0.contains(" %") })
        // Of all that only the summary is left.
        let screen = PseudoTerminal.screen(text)
        #expect(screen[0].hasPrefix("Model v2"), "\(screen)")
        #expect(!screen.contains { $0.contains("█··") || $0.contains("epochs/s") }, "\(screen)")
    }

    @Test func aNarrowerTerminalHasNarrowerLines() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let terminal = try PseudoTerminal(
            ["evaluate", "--task", "cold", "--folds", "10"], workspace: workspace, columns: 100)
        let before = terminal.read(until: "Fold 1 of 10")
        terminal.resize(columns: 30)
        let text = terminal.read(until: "Fold 5 of 10")
        // What was on its way may still be as wide as before.
        let lines = drawn(String(text.dropFirst(before.count))).dropFirst(3)
        #expect(lines.count > 3 && lines.allSatisfy { $0.count < 30 }, "\(lines)")
        #expect(lines.allSatisfy { $0.hasPrefix("Fold ") || $0.hasPrefix("Stopping") || $0.hasSuffix("…") })
        terminal.interrupt()
        let all = terminal.read()
        #expect(terminal.exitCode == 130)
        let screen = PseudoTerminal.screen(all).filter { !$0.isEmpty }
        #expect(try #require(screen.last).contains("evaluate all of them with: "), "\(screen)")
        #expect(screen.contains { $0.hasPrefix("Task cold") }, "\(screen)")
    }

    @Test func aLogHasPlainLinesAndQuietNone() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let arguments = ["train", "--model", "gru", "--epochs", "20"]
        let log = try Product.run(arguments, workspace: workspace).errors
        #expect(log.contains("Learning from ratings: ") && log.contains("epochs/s") && log.contains("loss "))
        #expect(!log.contains("\u{1B}") && !log.contains("\r") && !log.contains("█"))
        #expect(log.split(separator: "\n").count < 20, "\(log)")
        #expect(try Product.run(arguments + ["-q"], workspace: workspace).errors.isEmpty)
        // What is done at once says nothing.
        #expect(try Product.run(["recommend", "--user", "u001"], workspace: workspace).errors.isEmpty)
    }
}
