import ArgumentParser
import Catalogue
import Foundation
import Recommendation

struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List, show, activate, roll back, prune and verify model versions.",
        subcommands: [
            ListModels.self, ShowModel.self, ActivateModel.self, RollBackModel.self, PruneModels.self,
            VerifyModel.self, SealWorkspace.self,
        ],
        defaultSubcommand: ListModels.self)
}

struct ListModels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All versions, the newest last.")
    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    private struct Entry: Encodable {
        let isActive: Bool
        let card: ModelCard
    }

    func run() throws {
        let store = ModelStore(directory: try global.readableWorkspace().modelsDirectory)
        let active = store.current()
        let entries = try store.versions().map { Entry(isActive: $0 == active, card: try store.card($0)) }
        try output.print(entries) {
            guard !entries.isEmpty else { return "No model yet: run 'coldstart train'.\n" }
            var table = TextTable([
                ("", false), ("version", false), ("made by", false), ("model", false), ("ratings", true),
                ("held-out NDCG@20", true), ("made at", false),
            ])
            for entry in entries {
                let made = Date(timeIntervalSince1970: Double(entry.card.createdAt)).formatted(.iso8601)
                table.add(
                    entry.isActive ? "▸" : "", entry.card.version, entry.card.origin, entry.card.model,
                    entry.card.data.ratings.grouped, entry.card.leftOut.ndcg20.formatted(3), made)
            }
            return table.rendered()
        }
    }
}

struct ShowModel: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "The card of a version.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The version (default: the active one).") var version: String?

    func run() throws {
        let store = ModelStore(directory: try global.readableWorkspace().modelsDirectory)
        let card = try store.card(try version ?? store.requireCurrent())
        StandardOutput.write(String(decoding: try StableJSON.encode(card), as: UTF8.self) + "\n")
    }
}

struct ActivateModel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate", abstract: "Answer from this version.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The version.") var version: String

    func run() throws { try activate(version, global) }
}

struct RollBackModel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Answer from the version before the active one.")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let store = ModelStore(directory: try global.readableWorkspace().modelsDirectory)
        let active = try store.requireCurrent()
        guard let earlier = store.versions().prefix(while: { $0 != active }).last else {
            throw ValidationError("\(active) is the oldest version: there is nothing to roll back to")
        }
        try activate(earlier, global)
    }
}

struct PruneModels: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "prune", abstract: "Remove old versions.")
    @OptionGroup var global: GlobalOptions
    @Option(help: "How many of the newest to keep; the active one always stays.") var keep = 3

    func run() throws {
        let workspace = try global.writableWorkspace()
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        let removed = try ModelStore(directory: workspace.modelsDirectory).prune(keeping: max(keep, 0))
        try workspace.catalogue.write { transaction in
            for version in removed { try transaction.deleteVectors(version: version) }
        }
        StandardOutput.write(
            removed.isEmpty ? "Nothing to remove.\n" : "Removed \(removed.joined(separator: ", ")).\n")
    }
}

struct VerifyModel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read a version whole and check every checksum (default: all versions).")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "The version.") var version: String?

    func run() throws {
        let store = ModelStore(directory: try global.readableWorkspace().modelsDirectory)
        for name in version.map({ [$0] }) ?? store.versions() {
            try TrainedModel.open(store, version: name).verify()
            StandardOutput.write("\(name): sound\n")
        }
    }
}

struct SealWorkspace: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "Leave the workspace so that it can be read from a read-only folder.",
        shouldDisplay: false)
    @OptionGroup var global: GlobalOptions

    func run() throws {
        _ = try global.writableWorkspace()
        try Workspace.seal(at: global.workspaceDirectory)
    }
}

/// Activates a version and places the items that it does not know yet.
private func activate(_ version: String, _ global: GlobalOptions) throws {
    let workspace = try global.writableWorkspace()
    let lock = try workspace.lock()
    defer { withExtendedLifetime(lock) {} }
    let store = ModelStore(directory: workspace.modelsDirectory)
    try TrainedModel.open(store, version: version).verify()
    try store.activate(version)
    let placed = try ItemPlacement(workspace: workspace, pool: global.pool()).placeWaiting(
        monitor: global.monitor())
    StandardOutput.write("\(version) is active" + (placed > 0 ? "; placed \(placed) items anew.\n" : ".\n"))
}
