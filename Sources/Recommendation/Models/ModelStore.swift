import Diagnostics
import Foundation
public import NeuralNetwork

/// The model versions of a workspace: `models/<version>/{model.safetensors, card.json}` and `models/current`.
///
/// A version is written under a temporary name, synced, and renamed; `current` is replaced by a rename. So a reader
/// sees a whole version or none, whatever happens in between.
public struct ModelStore: Sendable {
    /// The folder `models` of a workspace.
    public let directory: String

    /// The store in a folder, which need not exist yet.
    public init(directory: String) { self.directory = directory }

    private static let modelFile = "model.safetensors"
    private static let cardFile = "card.json"

    /// Versions from the oldest to the newest.
    public func versions() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { Self.number($0) != nil }.sorted {
            (Self.number($0) ?? 0) < (Self.number($1) ?? 0)
        }
    }

    /// The active version, or nil before the first training.
    public func current() -> String? {
        guard let data = FileManager.default.contents(atPath: path("current")) else { return nil }
        let name = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return name.isEmpty ? nil : name
    }

    /// The name the next version will have.
    public func nextVersion() -> String {
        "v\((versions().compactMap(Self.number).max() ?? 0) + 1)"
    }

    /// The active version's name.
    ///
    /// - Throws: `model.none` before the first training.
    public func requireCurrent() throws -> String {
        guard let version = current() else { throw Self.nothingTrained.located(at: .init(file: directory)) }
        return version
    }

    static let nothingTrained = Diagnostic(
        .missingInput, code: "model.none", "nothing has been trained in this workspace yet",
        fix: "run 'coldstart train'")

    /// How a version was made.
    public func card(_ version: String) throws -> ModelCard {
        let file = path(version, Self.cardFile)
        guard let data = FileManager.default.contents(atPath: file) else { throw missing(version) }
        do {
            return try StableJSON.decode(ModelCard.self, from: data)
        } catch {
            throw Diagnostic(
                .badData, code: "model.card", "the model's card cannot be read", at: .init(file: file),
                fix: "activate another version (coldstart models list) or train again")
        }
    }

    /// Opens the model file of a version. Every part's checksum is verified when it is read.
    public func open(_ version: String) throws -> TensorFile {
        guard versions().contains(version) else { throw missing(version) }
        return try TensorFile(path: path(version, Self.modelFile))
    }

    /// Copies the model file of a version to `destination`, whole or not at all.
    public func copyModel(_ version: String, to destination: String) throws {
        guard versions().contains(version) else { throw missing(version) }
        let temporary = destination + ".partial"
        do {
            try? FileManager.default.removeItem(atPath: temporary)
            try FileManager.default.copyItem(atPath: path(version, Self.modelFile), toPath: temporary)
        } catch {
            throw Diagnostic(
                .unavailable, code: "file.write", "the file cannot be written", at: .init(file: destination),
                fix: "check free space, and that the folder exists and may be written to")
        }
        try DurableFile.rename(temporary, to: destination)
    }

    /// Writes a version, whole or not at all. It is not active yet.
    public func write(_ card: ModelCard, _ contents: TensorFileWriter) throws {
        let temporary = path(".\(card.version).partial")
        try? FileManager.default.removeItem(atPath: temporary)
        do {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            try contents.write(to: temporary + "/" + Self.modelFile)
            try DurableFile.write(try StableJSON.encode(card), to: temporary + "/" + Self.cardFile)
            try DurableFile.rename(temporary, to: path(card.version))
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw error
        }
    }

    /// Makes a version the active one.
    public func activate(_ version: String) throws {
        guard versions().contains(version) else { throw missing(version) }
        try DurableFile.write(Data((version + "\n").utf8), to: path("current"))
    }

    /// Removes versions but the active one and the newest `kept`.
    ///
    /// - Returns: the names of those removed.
    public func prune(keeping kept: Int) throws -> [String] {
        let active = current()
        let removed = versions().dropLast(kept).filter { $0 != active }
        for version in removed { try FileManager.default.removeItem(atPath: path(version)) }
        return removed
    }

    private func path(_ parts: String...) -> String { ([directory] + parts).joined(separator: "/") }

    private func missing(_ version: String) -> Diagnostic {
        let names = versions()
        return Diagnostic(
            .missingInput, code: "model.unknown_version", "there is no model version '\(version)'",
            at: .init(file: directory),
            fix: names.isEmpty ? "run 'coldstart train'" : "choose one of: \(names.joined(separator: ", "))")
    }

    /// `v12` → 12; nil for other names.
    private static func number(_ name: String) -> Int? {
        name.hasPrefix("v") ? Int(name.dropFirst()).flatMap { $0 > 0 ? $0 : nil } : nil
    }
}
