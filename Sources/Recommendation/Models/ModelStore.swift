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
    /// Format of the model file that is written, in its text `format`; files without one are of format 1, whose cards have no
    /// checksums.
    private static let format = 2
    private static let formatKey = "format"

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

    /// The same for who must not take for no version what only cannot be read now.
    ///
    /// - Throws: `model.unreadable` where the name is there and out of reach, as while too many files are open.
    func readableCurrent() throws -> String? {
        if let version = current() { return version }
        let file = path("current")
        guard FileManager.default.contents(atPath: file) == nil, FileManager.default.fileExists(atPath: file)
        else { return nil }
        throw Diagnostic(
            .unavailable, code: "model.unreadable", "the active version's name cannot be read",
            at: .init(file: file),
            fix: "let the process open more files (ulimit -n), and see who owns this one")
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

    /// Versions before one, from the oldest to the newest; all where that is the name of none.
    func versions(before version: String) -> [String] {
        let number = Self.number(version) ?? .max
        return versions().filter { (Self.number($0) ?? 0) < number }
    }

    /// How a version was made.
    public func card(_ version: String) throws -> ModelCard {
        guard versions().contains(version) else { throw missing(version) }
        let file = path(version, Self.cardFile)
        return try explaining(version, at: file) {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CardFile.damaged("its card is missing")
            }
            let card = try CardFile.decode(data)
            guard card.version == version else {
                throw CardFile.damaged("its card is that of \(card.version)")
            }
            return card
        }
    }

    /// Opens the model file of a version. Every part's checksum is verified when it is read.
    public func open(_ version: String) throws -> TensorFile {
        guard versions().contains(version) else { throw missing(version) }
        let path = path(version, Self.modelFile)
        return try explaining(version, at: path) { try TensorFile(path: path) }
    }

    /// Whether the file is the one that the card was written for.
    ///
    /// - Throws: `model.future_version`, `model.checksum`.
    func require(_ file: TensorFile, of card: ModelCard) throws {
        try explaining(card.version, at: file.path) {
            let format = file.texts[Self.formatKey] ?? "1"
            guard let format = Int(format), format <= Self.format else {
                throw Diagnostic(
                    .badData, code: "model.future_version",
                    "it is of format \(format), which is that of a newer release of coldstart", fix: "upgrade"
                )
            }
            let isOfBefore = format == 1 && card.modelChecksum == nil
            guard isOfBefore || card.checksum != nil && card.modelChecksum == file.checksum else {
                throw Diagnostic(
                    .badData, code: "model.checksum",
                    "its model file and its card are not of the same version",
                    fix: "bring both back from a copy")
            }
        }
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
    ///
    /// - Throws: `training.not_finite` for a model with a value that is no number: no answer ever comes from one.
    public func write(_ card: ModelCard, _ contents: TensorFileWriter) throws {
        if let name = contents.firstNotFinite {
            throw Diagnostic(
                .badData, code: "training.not_finite",
                "the training gave '\(name)' a value that is no number",
                fix: "look for ratings or vectors far off the scale of the others, and correct them")
        }
        let temporary = path(".\(card.version).partial")
        try? FileManager.default.removeItem(atPath: temporary)
        do {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            var card = card
            var contents = contents
            contents.texts[Self.formatKey] = "\(Self.format)"
            card.modelChecksum = try contents.write(to: temporary + "/" + Self.modelFile)
            try DurableFile.write(try CardFile.encode(card), to: temporary + "/" + Self.cardFile)
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

    /// Versions but the active one and the newest `kept`.
    public func old(keeping kept: Int) -> [String] {
        let active = current()
        return versions().dropLast(kept).filter { $0 != active }
    }

    /// Removes a version, whole: at no time is there half of one.
    public func remove(_ version: String) throws {
        let aside = path(".\(version).removed")
        try? FileManager.default.removeItem(atPath: aside)
        try DurableFile.rename(path(version), to: aside)
        try? FileManager.default.removeItem(atPath: aside)
    }

    /// Removes what processes left that were ended while they wrote or removed a version; the caller holds the workspace's lock.
    package func removeRemains() {
        for name in remains { try? FileManager.default.removeItem(atPath: path(name)) }
    }

    /// Names of these, and of an interrupted training.
    var remains: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).filter { name in
            name.hasSuffix(".partial") || name.hasPrefix(".v") && name.hasSuffix(".removed")
        }.sorted()
    }

    /// Where the file of a version's model, and that of its card, lie.
    func files(_ version: String) -> [String] {
        [Self.modelFile, Self.cardFile].map { path(version, $0) }
    }

    private func path(_ parts: String...) -> String { ([directory] + parts).joined(separator: "/") }

    private func missing(_ version: String) -> Diagnostic {
        let names = versions()
        return Diagnostic(
            .missingInput, code: "model.unknown_version", "there is no model version '\(version)'",
            at: .init(file: directory),
            fix: names.isEmpty
                ? "run 'coldstart train'"
                : version == current()
                    ? wayOut(of: version) : "choose one of: \(names.joined(separator: ", "))")
    }

    /// `v12` → 12; nil for other names.
    private static func number(_ name: String) -> Int? {
        name.hasPrefix("v") ? Int(name.dropFirst()).flatMap { $0 > 0 ? $0 : nil } : nil
    }
}
