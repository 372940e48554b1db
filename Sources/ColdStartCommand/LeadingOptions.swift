/// Options that every command has may also stand before the command: `coldstart --workspace W train`.
///
/// The parser knows them behind it, so they are moved there.
enum LeadingOptions {
    private static let withValue: Set<String> = ["--workspace", "--threads"]
    private static let flags: Set<String> = ["-q", "--quiet", "-v", "--verbose", "--no-color"]

    /// The arguments with leading global options at the end (or before a `--`).
    static func moved(_ arguments: [String]) -> [String] {
        var leading: [String] = []
        var rest = arguments[...]
        while let first = rest.first {
            let name = String(first.prefix { $0 != "=" })
            if flags.contains(first) || (withValue.contains(name) && first.contains("=")) {
                leading.append(rest.removeFirst())
            } else if withValue.contains(first), rest.count > 1 {
                leading.append(rest.removeFirst())
                leading.append(rest.removeFirst())
            } else {
                break
            }
        }
        // Without a command there is nowhere to move them: help and version speak for themselves.
        guard let command = rest.first, !command.hasPrefix("-") else { return Array(rest) }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<end]) + leading + Array(rest[end...])
    }
}
