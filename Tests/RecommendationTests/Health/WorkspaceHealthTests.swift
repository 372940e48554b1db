import Catalogue
import Diagnostics
import FloatKernels
import Foundation
import Recommendation
import Synchronization
import Testing

/// What is said of workspaces that are fresh, stale, drifted and damaged.
@Suite struct WorkspaceHealthTests {
    private let planted: PlantedWorkspace
    private let pool = ThreadPool(threads: 2)
    private var workspace: Workspace { planted.workspace }

    init() throws {
        planted = try PlantedWorkspace(items: 80, users: 60)
        _ = try pipeline.train(.init(dimensions: 6, seed: 3))
    }

    private var pipeline: TrainingPipeline {
        TrainingPipeline(workspace: workspace, pool: pool, monitor: .silent)
    }

    private func status() throws -> WorkspaceStatus { try WorkspaceStatus(workspace) }

    private func examination() throws -> WorkspaceExamination {
        try WorkspaceExamination(workspace, pool: pool)
    }

    private func add(_ id: String, genre: String, poster: [UInt8]? = nil) throws {
        try ItemPlacement(workspace: workspace, pool: pool).add([
            .init(
                item: Item(id: id, title: "Title of \(id)", year: 1999, genres: [genre]),
                poster: poster.map { (bytes: $0, name: id) })
        ])
    }

    /// Users of the planted world like one genre each: the n-th that whose number has the remainder n.
    private func rate(_ item: String, users: some Sequence<Int>) throws {
        try workspace.catalogue.write { transaction in
            for user in users { try transaction.rate(Rating(user: "u\(user)", item: item, value: 5)) }
        }
    }

    private func likers(of genre: Int, count: Int) -> [Int] {
        Array(stride(from: genre, to: 60, by: PlantedWorkspace.genres.count).prefix(count))
    }

    @Test func aFreshWorkspaceWantsNothing() throws {
        let status = try status()
        #expect(status.findings.isEmpty && status.damage == nil)
        let model = try #require(status.model)
        #expect(
            model.version == "v1" && model.newRatings == 0 && model.itemsAdded == 0 && model.itemsChanged == 0
        )
        #expect(model.drift == nil && model.warmItems == 0)
        #expect(status.next.command.hasPrefix("coldstart add"))
        let examination = try examination()
        #expect(examination.isSound && examination.checks.allSatisfy { $0.state == .sound })
        #expect(examination.checks.map(\.check) == ["catalogue", "posters", "models"])
    }

    @Test func whatIsNotTrainedYetIsSaid() throws {
        let planted = try PlantedWorkspace(items: 60)
        defer { withExtendedLifetime(planted) {} }
        let untrained = planted.workspace
        let status = try WorkspaceStatus(untrained)
        #expect(status.model == nil && status.next.command == "coldstart train")
        #expect(try WorkspaceExamination(untrained, pool: pool).isSound)
    }

    @Test func ratingsSinceTheTrainingAreStaleAndARetrainMendsThem() throws {
        try add("new", genre: "Drama")
        try rate("new", users: likers(of: 1, count: 3))
        let before = try status()
        #expect(before.model?.newRatings == 3 && before.model?.warmItems == 1)
        #expect(before.findings.first?.check == "new_ratings" && before.findings.first?.state == .stale)
        #expect(before.next.command == "coldstart retrain" && before.next.why.contains("3 ratings"))
        _ = try pipeline.retrain(force: true)
        let after = try status()
        #expect(after.model?.newRatings == 0 && after.next.command.hasPrefix("coldstart add"))
    }

    @Test func changedContentIsNoticedUntilARetrain() throws {
        try add("new", genre: "Drama")
        #expect(try status().model?.itemsChanged == 0)
        try workspace.catalogue.write { transaction in
            // One that training has seen, and one that came after it.
            var known = try #require(try transaction.item(id: "i7")).item
            known.description = "Another description by now"
            try transaction.upsert(known)
            var new = try #require(try transaction.item(id: "new")).item
            new.genres = ["Western"]
            try transaction.upsert(new)
        }
        let stale = try status()
        #expect(stale.model?.itemsChanged == 1)
        #expect(stale.findings.contains { $0.check == "changed_items" && $0.command == "retrain" })
        let places = try #require(try examination().checks.first { $0.check == "places" })
        #expect(places.state == .stale && places.examples == ["new"])
        _ = try pipeline.retrain(force: true)
        #expect(try status().model?.itemsChanged == 0)
        #expect(try examination().checks.first { $0.check == "places" }?.state == .sound)
    }

    /// Two new items, rated by as many: one by those whose taste its content promises, one by others.
    @Test func anItemThatItsContentMisleadsAboutHasMovedMost() throws {
        try add("as-promised", genre: PlantedWorkspace.genres[1])
        try add("misleading", genre: PlantedWorkspace.genres[0])
        for item in ["as-promised", "misleading"] { try rate(item, users: likers(of: 1, count: 14)) }
        let drift = try #require(try status().model?.drift)
        #expect(drift.items == 2 && drift.most.map(\.itemId) == ["misleading", "as-promised"])
        let (wrong, right) = (drift.most[0], drift.most[1])
        #expect(wrong.deviations > ContentDrift.surprising && wrong.deviations > 1.5 * right.deviations)
        #expect(wrong.similarity < right.similarity && wrong.audienceKept < right.audienceKept)
        #expect(wrong.provenance == .blended && wrong.ratings == 14)
        #expect(drift.contradictedItems == 1)
        let finding = try #require(try status().findings.first { $0.check == "contradicted_items" })
        #expect(finding.state == .advice && finding.examples == ["misleading"])

        // Learned from its ratings by now, in a space of its own, it is still that one.
        _ = try pipeline.train(.init(dimensions: 6, seed: 4))
        let learned = try #require(try status().model?.drift)
        #expect(learned.most.first?.itemId == "misleading" && learned.most.first?.provenance == .learned)
        #expect(try #require(learned.most.first).similarity < 0.5)
    }

    @Test func aDamagedVersionIsSaidWithTheWayOut() throws {
        _ = try pipeline.train(.init(dimensions: 6, seed: 4))
        let file = URL(fileURLWithPath: workspace.modelsDirectory + "/v2/model.safetensors")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 4
        try bytes.write(to: file, options: .atomic)
        let examination = try examination()
        #expect(!examination.isSound && examination.next.command == "coldstart models rollback")
        #expect(
            examination.checks.contains {
                $0.check == "models" && $0.state == .damaged && $0.examples == ["v2"]
            })
        try Data(bytes.prefix(1_000)).write(to: file, options: .atomic)
        let status = try status()
        #expect(status.model == nil && status.damage?.code.hasPrefix("model.") == true)
        #expect(status.next.command == "coldstart models rollback")
        try FileManager.default.removeItem(atPath: workspace.modelsDirectory + "/v2")
        #expect(try !self.examination().isSound)
        #expect(try self.examination().next.command == "coldstart models rollback")
    }

    @Test func lostAndBrokenPostersAndThoseOfNoItemAreFound() throws {
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let posters = try (1...3).map { try workspace.posters.put(png + [$0]).reference }
        try workspace.catalogue.write { transaction in
            for (number, poster) in posters.prefix(2).enumerated() {
                var item = try #require(try transaction.item(id: "i\(number)")).item
                item.poster = poster
                try transaction.upsert(item)
            }
        }
        let before = try examination()
        #expect(before.isSound)
        let remains = try #require(before.checks.first { $0.check == "remains" })
        #expect(remains.state == .advice && remains.examples == ["posters/" + posters[2].relativePath])
        workspace.posters.remove(posters[0])
        try Data(png + [9]).write(to: URL(fileURLWithPath: workspace.posters.path(of: posters[1])))
        let after = try examination()
        let damaged = after.checks.filter { $0.check == "posters" }
        #expect(damaged.map(\.examples) == [["i0"], ["i1"]] && damaged.allSatisfy { $0.state == .damaged })
        #expect(!after.isSound && after.next.command == "coldstart import DIR")
        try workspace.tidy()
        #expect(try !examination().checks.contains { $0.check == "remains" })
    }

    @Test func stopsWhereItIsAsked() throws {
        let total = Mutex(0)
        _ = try WorkspaceExamination(
            workspace, pool: pool, monitor: WorkMonitor(onUpdate: { _ in total.withLock { $0 += 1 } }))
        for limit in 1..<total.withLock({ $0 }) {
            let reports = Mutex(0)
            #expect(throws: Diagnostic.interrupted) {
                try WorkspaceExamination(
                    workspace, pool: pool,
                    monitor: WorkMonitor(
                        onUpdate: { _ in reports.withLock { $0 += 1 } },
                        shouldStop: { reports.withLock { $0 } >= limit }))
            }
        }
    }
}
