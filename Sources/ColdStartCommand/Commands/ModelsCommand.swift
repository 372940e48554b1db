import ArgumentParser
import Catalogue
import Diagnostics
import Foundation
import Recommendation

struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List, show, activate, roll back, prune and verify model versions.",
        discussion: """
            Examples:
              coldstart models list
              coldstart models activate v1
              coldstart models prune --keep 3
            """,
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
        let version: String
        let isActive: Bool
        var card: ModelCard?
        /// Why the card cannot be read.
        var damage: String?

        init(_ version: String, in store: ModelStore, active: String?) throws {
            self.version = version
            isActive = version == active
            do {
                card = try store.card(version)
            } catch let error as Diagnostic where error.kind == .badData {
                damage = error.message
            }
        }
    }

    func run() throws {
        let store = ModelStore(directory: try global.readableWorkspace().modelsDirectory)
        let active = store.current()
        let entries = try store.versions().map { try Entry($0, in: store, active: active) }
        try output.print(entries) {
            guard !entries.isEmpty else { return "No model yet: run 'coldstart train'.\n" }
            var table = TextTable([
                ("", false), ("version", false), ("made by", false), ("model", false), ("ratings", true),
                ("held-out NDCG@20", true), ("made at", false),
            ])
            for entry in entries {
                let mark = entry.isActive ? "▸" : ""
                guard let card = entry.card else {
                    table.add(mark, entry.version, "damaged", "", "", "", "")
                    continue
                }
                let made = Date(timeIntervalSince1970: Double(card.createdAt)).formatted(.iso8601)
                table.add(
                    mark, entry.version, card.origin, card.model, card.data.ratings.grouped,
                    card.leftOut.ndcg20.formatted(3), made)
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
        commandName: "rollback", abstract: "Answer from the version before the active one that can be used.")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let store = ModelStore(directory: try global.readableWorkspace().modelsDirectory)
        let active = try store.requireCurrent()
        guard let earlier = TrainedModel.sound(before: active, in: store) else {
            throw Diagnostic(
                .missingInput, code: "model.no_earlier",
                "there is no version before \(active) that can be used",
                fix: "train a new one with 'coldstart train'")
        }
        try activate(earlier.card.version, global)
    }
}

struct PruneModels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract:
            "Remove old versions, posters that no item has any more, and what interrupted commands left.")
    @OptionGroup var global: GlobalOptions
    @Option(help: "How many of the newest to keep; the active one always stays.") var keep = 3

    func run() throws {
        let workspace = try global.writableWorkspace()
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        let store = ModelStore(directory: workspace.modelsDirectory)
        let removed = store.old(keeping: max(keep, 0))
        // First the vectors: a version without them can still be activated, vectors without it would stay for ever.
        try workspace.catalogue.write { transaction in
            for version in removed { try transaction.deleteVectors(version: version) }
        }
        for version in removed { try store.remove(version) }
        try workspace.tidy()
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
        let names = version.map { [$0] } ?? store.versions()
        var damages: [Diagnostic] = []
        let monitor = global.monitor()
        for (number, name) in names.enumerated() {
            do {
                try keeping("the versions above were looked at", "verify all with") {
                    try monitor.report("Verifying models", number, of: names.count, "versions")
                }
                try TrainedModel.open(store, version: name).verify()
                StandardOutput.write("\(name): sound\n")
            } catch let damage as Diagnostic where damage.kind == .badData {
                StandardOutput.write("\(name): damaged\n")
                damages.append(damage)
            }
        }
        // All but the last are told here, that one as the command's error.
        for damage in damages.dropLast() { StandardError.write("coldstart: \(damage)\n") }
        if let last = damages.last { throw last }
        if version == nil, let active = store.current() { _ = try store.card(active) }
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
    let model = try TrainedModel.open(store, version: version)
    try model.verify()
    // Before anybody is answered from it.
    let placed = try keeping("the version that was active still is", "activate this one with") {
        try ItemPlacement(workspace: workspace, pool: global.pool()).placeWaiting(
            by: model, monitor: global.monitor())
    }
    try store.activate(version)
    StandardOutput.write("\(version) is active" + (placed > 0 ? "; placed \(placed) items anew.\n" : ".\n"))
}
