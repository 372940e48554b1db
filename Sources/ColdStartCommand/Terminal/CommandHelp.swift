import ArgumentParser
import Foundation

/// A command as the parser describes it, for whatever shows all of them.
struct CommandHelp: Decodable {
    /// An option, a flag or an argument.
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String

            /// As it is typed: `-n`, `--user`.
            var typed: String { (kind == "long" ? "--" : "-") + name }
        }

        enum Kind: String, Decodable { case positional, option, flag }

        let kind: Kind
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let isOptional: Bool
        let isRepeating: Bool
        let shouldDisplay: Bool
    }

    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [CommandHelp]?
    let shouldDisplay: Bool?

    /// The whole program.
    static func all() throws -> CommandHelp {
        struct Document: Decodable { let command: CommandHelp }
        return try JSONDecoder().decode(Document.self, from: Data(ColdStart._dumpHelp().utf8)).command
    }
}
