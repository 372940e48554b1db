import Diagnostics

/// What the command line asks for: `SampleDataGenerator [--seed N] [--truth DIR] DIR`.
struct Arguments {
    var seed: UInt64 = 1
    var folder: String
    var truth: String?

    /// - Throws: `Diagnostic` of kind `usage`.
    init(_ arguments: [String]) throws {
        var folders: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--seed":
                guard let value = rest.popFirst().flatMap(UInt64.init) else {
                    throw Self.usage("--seed needs a whole number, zero or more")
                }
                seed = value
            case "--truth":
                guard let value = rest.popFirst() else { throw Self.usage("--truth needs a folder") }
                truth = value
            case let option where option.hasPrefix("-"): throw Self.usage("there is no option \(option)")
            default: folders.append(argument)
            }
        }
        guard folders.count == 1 else { throw Self.usage("exactly one folder to write to is needed") }
        folder = folders[0]
    }

    private static func usage(_ message: String) -> Diagnostic {
        Diagnostic(
            .usage, code: "sample.usage", message,
            fix: "run SampleDataGenerator [--seed N] [--truth DIR] DIR")
    }
}
