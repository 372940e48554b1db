public import ArgumentParser
import Catalogue
public import ColdStartService
import Diagnostics
import Foundation

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, list and revoke the keys of the service.",
        discussion: """
            Once there is a key, 'coldstart serve' answers nobody without one. A running service knows new and
            revoked keys within seconds, on SIGHUP at once.

            Examples:
              coldstart keys add --name dashboard --role admin
              coldstart keys revoke 1f0c8e2a
            """,
        subcommands: [ListKeys.self, AddKey.self, RevokeKey.self], defaultSubcommand: ListKeys.self)
}

/// A key as the command shows it: nothing of its secret.
private struct ShownKey: Encodable {
    let id: String
    let name: String
    let role: Role
    let createdAt: Int64
    let revokedAt: Int64?

    init(_ key: APIKey) {
        id = key.id
        name = key.name
        role = key.role
        createdAt = key.createdAt
        revokedAt = key.revokedAt
    }
}

struct ListKeys: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All keys, those that were revoked among them.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let keys = try KeyFile(try global.readableWorkspace()).keys()
        try output.print(keys.map(ShownKey.init)) {
            guard !keys.isEmpty else {
                return "No key yet: the service answers this machine only, and without one.\n"
            }
            var table = TextTable([
                ("id", false), ("name", false), ("role", false), ("made at", false), ("revoked at", false),
            ])
            for key in keys {
                table.add(
                    key.id, key.name, key.role.rawValue, Self.date(key.createdAt),
                    key.revokedAt.map(Self.date) ?? "")
            }
            return table.rendered()
        }
    }

    private static func date(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}

extension Role: ExpressibleByArgument {}

struct AddKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make a key and print its token, this once.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Whose key it is.") var name: String
    @Option(help: "What it may do: read, also write (items, users, ratings), also admin (trainings, models).")
    var role: Role

    private struct Made: Encodable {
        let id: String
        let name: String
        let role: Role
        let token: String
    }

    func run() throws {
        let workspace = try global.writableWorkspace()
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        let (key, token) = try KeyFile(workspace).add(name: name, role: role)
        try output.print(Made(id: key.id, name: key.name, role: key.role, token: token)) { token + "\n" }
        global.note(
            "key \(key.id) may \(role.rawValue); keep the token, as it is shown this once and not kept here")
    }
}

struct RevokeKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take a key out of use for good.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The key's id, as 'coldstart keys list' has it.") var id: String

    func run() throws {
        let workspace = try global.writableWorkspace()
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        let key = try KeyFile(workspace).revoke(id)
        try output.print(ShownKey(key)) { "Revoked \(key.id) (\(key.name)).\n" }
    }
}
