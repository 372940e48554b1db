public import Catalogue
public import Diagnostics
public import FloatKernels

/// Looks at all that a workspace has, whole: the catalogue's pages, every poster's bytes, every version's checksums, and whether items
/// stand where their content puts them. Changes nothing, and takes as long as reading all of it.
public struct WorkspaceExamination: Sendable {
    /// The quick look.
    public let status: WorkspaceStatus
    /// What was looked at, in this order, and how it is.
    public let checks: [HealthFinding]

    /// Whether nothing is lost or broken.
    public var isSound: Bool { !checks.contains { $0.state == .damaged } }

    /// What to run next: what mends, or what the quick look says.
    public var next: NextStep {
        let broken = checks.filter { $0.state == .damaged }
        if let first = broken.first(where: { $0.command != nil }), let command = first.command {
            return NextStep(command: "coldstart " + command, why: first.message)
        }
        return status.next
    }

    /// Examines a workspace.
    ///
    /// - Throws: `workspace.corrupt` where the catalogue cannot be read at all, or `interrupted`.
    public init(_ workspace: Workspace, pool: ThreadPool, monitor: WorkMonitor = .silent) throws {
        status = try WorkspaceStatus(workspace, monitor: monitor)
        // First the files, so that a poster that comes meanwhile is not taken for one of no item.
        let files = workspace.posters.files()
        let entries = try workspace.catalogue.items()
        let models = ModelStore(directory: workspace.modelsDirectory)
        let (posters, unreadable) = try Self.posters(of: entries, workspace.posters, monitor)
        var checks = [try Self.catalogue(workspace, status.counts, monitor)]
        checks += posters + Self.remains(files, entries, models)
        let versions = try Self.models(models, monitor)
        checks += versions
        let isActiveSound = !versions.contains { finding in
            finding.state == .damaged && models.current().map(finding.examples.contains) ?? true
        }
        if status.damage == nil, isActiveSound {
            checks += try PlaceExamination(
                workspace: workspace, models: models,
                entries: entries.filter { !unreadable.contains($0.key) },
                pool: pool, monitor: monitor
            ).checks()
        }
        // What is wrong with the active version stands among the versions already.
        self.checks = checks + status.findings.filter { $0.check != "model" || $0.state != .damaged }
    }

    private static func catalogue(_ workspace: Workspace, _ counts: CatalogueCounts, _ monitor: WorkMonitor)
        throws
        -> HealthFinding
    {
        let faults: [String]
        do {
            faults = try workspace.catalogue.faults(monitor: monitor)
        } catch let damage as Diagnostic where damage.code == "workspace.corrupt" {
            faults = [damage.message]
        }
        guard let first = faults.first else {
            return HealthFinding(
                "catalogue", .sound,
                "\(counts.items) items, \(counts.users) users and \(counts.ratings) ratings can be read")
        }
        return HealthFinding(
            "catalogue", .damaged,
            "\(first)\(faults.count > 1 ? ", and \(faults.count - 1) more" : ""): restore \(workspace.catalogueFile) from a backup, "
                + "or import into a new workspace", examples: faults)
    }

    /// - Returns: the findings, and the keys of items whose posters cannot be read.
    private static func posters(
        of entries: [StoredItem], _ store: PosterStore, _ monitor: WorkMonitor
    ) throws -> ([HealthFinding], unreadable: Set<Int64>) {
        let pictured = entries.filter { $0.item.poster != nil }
        var missing: [StoredItem] = [], damaged: [StoredItem] = []
        for (number, entry) in pictured.enumerated() {
            if number % 16 == 0 {
                try monitor.report("Checking posters", number, of: pictured.count, "posters")
            }
            switch entry.item.poster.map(store.condition) {
            case .missing: missing.append(entry)
            case .damaged: damaged.append(entry)
            case .sound, nil: break
            }
        }
        var findings: [HealthFinding] = []
        for (items, words) in [(missing, "are missing"), (damaged, "are not what they were when they came")]
        where !items.isEmpty {
            findings.append(
                HealthFinding(
                    "posters", .damaged,
                    "\(items.count) of \(pictured.count) posters \(words): import these items with theirs again",
                    examples: items.map(\.item.id), command: "import DIR"))
        }
        if findings.isEmpty {
            findings.append(
                HealthFinding("posters", .sound, "\(pictured.count) posters are there, byte for byte"))
        }
        return (findings, Set((missing + damaged).map(\.key)))
    }

    private static func remains(_ files: Set<String>, _ entries: [StoredItem], _ models: ModelStore)
        -> [HealthFinding]
    {
        let left =
            files.subtracting(entries.compactMap { $0.item.poster?.relativePath }).sorted().map {
                "posters/" + $0
            }
            + models.remains.filter { $0 != TrainingCheckpoint.name }.map { "models/" + $0 }
        guard !left.isEmpty else { return [] }
        return [
            HealthFinding(
                "remains", .advice,
                "\(left.count) files belong to nothing any more, or to a command that was ended",
                examples: left, command: "models prune")
        ]
    }

    private static func models(_ models: ModelStore, _ monitor: WorkMonitor) throws -> [HealthFinding] {
        let versions = models.versions(), active = models.current()
        var findings: [HealthFinding] = []
        for (number, version) in versions.enumerated() {
            try monitor.report("Checking models", number, of: versions.count, "versions")
            do {
                try TrainedModel.open(models, version: version).verify()
            } catch let damage as Diagnostic where damage.isDamageOfModel {
                let isFirst = models.versions(before: version).isEmpty
                findings.append(
                    HealthFinding(
                        "models", .damaged, damage.message, examples: [version],
                        command: version == active ? isFirst ? "train" : "models rollback" : nil))
            }
        }
        if let active, !versions.contains(active) {
            findings.append(
                HealthFinding(
                    "models", .damaged, "the active version \(active) is gone", examples: [active],
                    command: models.versions(before: active).isEmpty
                        ? versions.last.map { "models activate \($0)" } ?? "train" : "models rollback"))
        }
        guard findings.isEmpty, !versions.isEmpty else { return findings }
        return [
            HealthFinding(
                "models", .sound, "every checksum of \(versions.joined(separator: ", ")) is right")
        ]
    }
}
