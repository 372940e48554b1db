public import Diagnostics
import Foundation

/// Imports files into a catalogue: all of one call, or nothing.
///
/// Importing the same files again changes nothing. Memory is bounded by ids, not by ratings.
public struct CatalogueImporter {
    private let store: any CatalogueStore
    private let posters: PosterStore
    private let validatePoster: (_ bytes: [UInt8], _ name: String) throws -> Void
    private let monitor: WorkMonitor

    /// - Parameters:
    ///   - posters: Where posters go; beside the catalogue of `store`.
    ///   - validatePoster: Throws for bytes that are no picture. Called once for each poster new to `posters`.
    ///   - monitor: Told of progress by bytes of all files.
    public init(
        store: any CatalogueStore, posters: PosterStore,
        validatePoster: @escaping (_ bytes: [UInt8], _ name: String) throws -> Void, monitor: WorkMonitor
    ) {
        self.store = store
        self.posters = posters
        self.validatePoster = validatePoster
        self.monitor = monitor
    }

    /// Imports folders and files, in one transaction: items first, then users, then ratings.
    ///
    /// - Parameters:
    ///   - paths: Folders that hold files of known names, and files, which their name or header line tells apart.
    ///   - skippingBadPosters: Whether a missing or broken poster is a warning and not an error.
    /// - Throws: A `Diagnostic` naming file and line; catalogue and posters are then as they were before.
    public func run(paths: [String], format: ImportFormat, skippingBadPosters: Bool) throws -> ImportReport {
        try run(ImportPlan(paths: paths, format: format), skippingBadPosters: skippingBadPosters)
    }

    /// Imports one file of ratings and nothing else, in one transaction.
    ///
    /// - Throws: `import.not_ratings` where the file holds something else; what `run(paths:…)` throws.
    public func run(ratings path: String) throws -> ImportReport {
        let plan = try ImportPlan(paths: [path], format: .auto)
        guard plan.files.count == 1, plan.files[0].content == .ratings else {
            throw Diagnostic(
                .badData, code: "import.not_ratings", "this is no file of ratings",
                at: Diagnostic.Location(file: path),
                fix: "give a file with the columns user_id,item_id,rating, or use 'coldstart import'")
        }
        return try run(plan, skippingBadPosters: false)
    }

    private func run(_ plan: ImportPlan, skippingBadPosters: Bool) throws -> ImportReport {
        let start = ContinuousClock.now
        let progress = ImportProgress(plan.files.map(\.path), monitor: monitor)
        var posters = PosterImport(store: posters, validate: validatePoster)
        var report = ImportReport()
        plan.warnings.forEach { report.warn($0) }
        do {
            try store.write { transaction in
                for file in plan.files where file.content == .items {
                    try ItemImport(file: file, skippingBadPosters: skippingBadPosters).run(
                        in: transaction, posters: &posters, report: &report
                    ) { try progress.report("Importing items", $0, rows: $1, "items") }
                    progress.finish(file.path)
                }
                for file in plan.files where file.content == .users {
                    try UserImport(file: file).run(in: transaction, report: &report) {
                        try progress.report("Importing users", $0, rows: $1, "users")
                    }
                    progress.finish(file.path)
                }
                try importRatings(plan, in: transaction, report: &report, progress)
                // Once the database refers to a poster, the poster is on the disk.
                try progress.report("Writing to the disk")
                try posters.barrier()
            }
        } catch {
            posters.undo()
            throw error
        }
        report.posters = posters.added.count
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        return report
    }

    private func importRatings(
        _ plan: ImportPlan, in transaction: any CatalogueTransaction, report: inout ImportReport,
        _ progress: ImportProgress
    ) throws {
        let files = plan.files.filter { $0.content == .ratings }
        if files.isEmpty { return }
        var ratings = try RatingImport(in: transaction)
        for file in files {
            try ratings.run(file, report: &report) {
                try progress.report("Importing ratings", $0, rows: $1, "ratings")
            }
            progress.finish(file.path)
        }
    }
}
