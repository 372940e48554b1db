import Foundation
import Recommendation

/// The manual page `coldstart.1`, in the man macros of roff (groff_man(7)), from what the commands say of themselves.
struct ManualPage {
    private let help: CommandHelp
    private var lines: [String] = []

    init() throws { help = try .all() }

    /// The page.
    static func text() throws -> String {
        var page = try ManualPage()
        page.write()
        return page.lines.joined(separator: "\n") + "\n"
    }

    private mutating func write() {
        lines = [".TH COLDSTART 1 \"\" \"coldstart \(Release.version)\" \"User Commands\""]
        section("NAME", "coldstart \\- recommend titles that nobody has rated yet")
        lines += [".SH SYNOPSIS", ".B coldstart", ".I command", "[\\fIoption\\fR .\\|.\\|.]"]
        lines.append(".SH DESCRIPTION")
        paragraph(help.abstract ?? "")
        paragraphs(help.discussion ?? "")
        lines.append(".SH COMMANDS")
        for command in shown(help) { write(command, "coldstart") }
        lines.append(".SH ENVIRONMENT")
        entry("COLDSTART_WORKSPACE", "Folder of the workspace, where \\-\\-workspace does not say it.")
        entry("COLDSTART_CONFIG", "JSON file of settings of the service.")
        entry(
            "COLDSTART_PORT\\fR, and so on",
            "Every setting of the service; \\(oqcoldstart config show\\(cq lists them with their values.")
        entry("NO_COLOR", "Print no colour.")
        lines.append(".SH FILES")
        entry("catalogue.sqlite", "In the workspace: items, users, ratings, places of new items.")
        entry("posters/", "Posters as they came, named by their content.")
        entry("models/", "Versions of the model; \\fIcurrent\\fR names the active one.")
        lines.append(".SH \"EXIT STATUS\"")
        for (code, meaning) in [
            (0, "Done."), (1, "Any other error."), (64, "Wrong usage."), (65, "Bad data."),
            (66, "Something named does not exist."), (69, "Unavailable: a lock, the disk, permissions."),
            (130, "Interrupted; the message says what is kept."),
        ] { entry(String(code), meaning) }
        section(
            "SEE ALSO",
            "The pages of Documentation, and ERRORS.md for every error with its cause and what to do.")
    }

    private func shown(_ command: CommandHelp) -> [CommandHelp] {
        (command.subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
    }

    private mutating func write(_ command: CommandHelp, _ parent: String) {
        let name = parent + " " + command.commandName
        lines.append(".SS \"\(Self.escaped(name))\"")
        paragraph(command.abstract ?? "")
        paragraphs(command.discussion ?? "")
        for argument in command.arguments ?? [] where argument.shouldDisplay { write(argument) }
        for command in shown(command) { write(command, name) }
    }

    private mutating func write(_ argument: CommandHelp.Argument) {
        let value = "\\fI\(Self.escaped(argument.valueName ?? "value"))\\fR"
        let names = (argument.names ?? []).map { "\\fB\(Self.escaped($0.typed))\\fR" }.joined(separator: ", ")
        let term =
            switch argument.kind {
            case .positional: value
            case .flag: names
            case .option: names + " " + value
            }
        entry(term + (argument.isRepeating ? " .\\|.\\|." : ""), Self.escaped(argument.abstract ?? ""))
    }

    private mutating func section(_ title: String, _ text: String) {
        lines += [".SH \"\(title)\"", text]
    }

    private mutating func entry(_ term: String, _ text: String) {
        lines += [".TP", term.hasPrefix("\\f") ? term : "\\fB\(term)\\fR", text.isEmpty ? "\\&" : text]
    }

    private mutating func paragraph(_ text: String) { lines += [".PP", Self.escaped(text)] }

    /// Lines that are indented, such as examples, stay as they are.
    private mutating func paragraphs(_ text: String) {
        var isExample = false
        func isIndented(_ line: Substring) -> Bool { line.hasPrefix("  ") }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if isIndented(line) != isExample {
                isExample.toggle()
                lines += isExample ? [".PP", ".nf"] : [".fi", ".PP"]
            } else if !isExample {
                lines.append(".PP")
            }
            if !line.isEmpty { lines.append(Self.escaped(String(line))) }
        }
        if isExample { lines.append(".fi") }
        // A paragraph without text is none.
        lines = zip(lines, lines.dropFirst() + [""]).filter { $0 != ".PP" || ($1 != ".PP" && $1 != ".fi") }
            .map(\.0)
    }

    /// What roff would read as a command or a hyphen stays the text that it is.
    private static func escaped(_ text: String) -> String {
        let plain = text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(
            of: "-", with: "\\-"
        )
        .replacingOccurrences(of: "…", with: ".\\|.\\|.")
        return plain.first == "." || plain.first == "'" ? "\\&" + plain : plain
    }
}
