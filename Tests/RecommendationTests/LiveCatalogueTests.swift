import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Foundation
import Recommendation
import Testing

@Suite("A catalogue that is answered from while it changes") struct LiveCatalogueTests {
    private let planted: PlantedWorkspace
    private let live: LiveCatalogue
    private let pool = ThreadPool(threads: 2)

    init() throws {
        planted = try PlantedWorkspace(items: 60, users: 40)
        _ = try TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: .silent).train(
            .init(dimensions: 4))
        live = try LiveCatalogue(planted.workspace, pool: pool)
    }

    private func arrival(_ id: String, genre: String = "Drama", year: Int = 1999) -> ItemPlacement.Arrival {
        .init(item: Item(id: id, title: "Title of \(id)", year: year, genres: [genre]))
    }

    /// What answers are made from, to the last bit, as the state has it.
    private func contents(_ state: ServingState) throws -> [String] {
        let recommender = try #require(state.recommender)
        let snapshot = recommender.snapshot
        let items = snapshot.items.indices.map { row in
            let entry = snapshot.items[row]
            let vector = snapshot.table.vectors.row(row).map(\.bitPattern)
            return
                "\(entry.key) \(entry.item) \(entry.provenance) \(entry.variance) \(vector) "
                + "\(snapshot.table.biases[row])"
        }
        let users = state.histories.users(containing: nil, after: 0, limit: .max)
        let ratings = users.map { "\($0) \(state.histories.ratings(ofUser: $0.key))" }
        let lists = try users.map { user in
            try recommender.recommend(toUser: user.user.id, count: 5, filter: ItemFilter()).list
                .map { "\($0.itemId) \($0.score) \($0.probability ?? 0)" }.joined(separator: " ")
        }
        return [
            "\(state.histories.ratingCount)",
            "\(state.revision) \(state.version ?? "") \(snapshot.unplacedCount)",
        ] + items + ratings
            + lists
    }

    /// Every change gives what reading everything anew gives.
    private func expectSameAsAnew(_ change: String) throws {
        let anew = try contents(try LiveCatalogue(planted.workspace, pool: pool).state)
        let now = try contents(live.state)
        #expect(anew.count == now.count, "\(change)")
        for (anew, now) in zip(anew, now) where anew != now {
            Issue.record("after \(change): \(now) instead of \(anew)")
            return
        }
    }

    @Test func everyChangeGivesWhatReadingAnewGives() throws {
        try live.add(arrival("new-1"))
        try expectSameAsAnew("adding")
        try live.add(arrival("new-2", genre: "Horror"))
        _ = try live.rate([
            Rating(user: "u1", item: "new-1", value: 5, timestamp: 1),
            Rating(user: "u2", item: "i3", value: 2, timestamp: 2),
        ])
        try expectSameAsAnew("ratings of users whom the model knows")
        _ = try live.rate([
            Rating(user: "stranger", item: "new-1", value: 5, timestamp: 3),
            Rating(user: "stranger", item: "i5", value: 5, timestamp: 4),
            Rating(user: "other", item: "new-2", value: 2, timestamp: 5),
        ])
        try expectSameAsAnew("ratings of new users")
        // Moves the stranger, and so what the stranger rated before.
        _ = try live.rate([Rating(user: "stranger", item: "i9", value: 2, timestamp: 6)])
        try expectSameAsAnew("a rating that moves a new user's earlier ones")
        _ = try live.put(User(id: "u3", attributes: ["age": "35"]))
        _ = try live.put(User(id: "third", attributes: ["age": "35"]))
        try expectSameAsAnew("users")
        _ = try live.put(arrival("new-1", genre: "Western", year: 1960))
        _ = try live.put(arrival("i7", genre: "Horror"))
        try expectSameAsAnew("changed items, one of them learned")
        #expect(try live.delete(item: "i5"))
        try expectSameAsAnew("a learned item that is gone")
        #expect(try live.delete(item: "new-1"))
        #expect(try !live.delete(item: "new-1"))
        try expectSameAsAnew("a new item that is gone")
    }

    /// So many that they no longer lie above the rows that were read, but in rows of their own.
    @Test func changesOfManyUsersGiveWhatReadingAnewGives() throws {
        for (first, count) in [(0, 200), (100, 300), (350, 20)] {
            _ = try live.rate(
                (first..<first + count).map { user in
                    Rating(
                        user: user.isMultiple(of: 9) ? "u\(user % 40)" : "stranger-\(user)",
                        item: "i\((user + count) % 60)", value: Float(1 + user % 5), timestamp: Int64(user))
                })
            try expectSameAsAnew("ratings of \(count) users from \(first) on")
        }
        #expect(try live.delete(item: "i7"))
        try expectSameAsAnew("an item that is gone")
    }

    @Test func whatIsReadBeforeAChangeStaysAsItWas() throws {
        let before = live.state
        let contentsBefore = try contents(before)
        try live.add(arrival("new-1"))
        _ = try live.rate([Rating(user: "u1", item: "i3", value: 5, timestamp: 1)])
        _ = try live.delete(item: "i5")
        #expect(try contents(before) == contentsBefore)
        #expect(try contents(live.state) != contentsBefore)
    }

    @Test func aBadRatingKeepsAllOthersOut() throws {
        let before = try contents(live.state)
        let error = #expect(throws: Diagnostic.self) {
            try live.rate([
                Rating(user: "u1", item: "i3", value: 5), Rating(user: "stranger", item: "nowhere", value: 5),
            ])
        }
        #expect(error?.code == "item.unknown")
        #expect(try contents(live.state) == before)
        #expect(try planted.workspace.catalogue.user(id: "stranger") == nil)
    }

    /// Another process adds, rates and trains.
    @Test func whatOthersWriteIsCaughtUpWith() throws {
        try ItemPlacement(workspace: planted.workspace, pool: pool).add([arrival("from-outside")])
        #expect(live.state.recommender?.snapshot.row(ofItem: "from-outside") == nil)
        try live.refresh()
        #expect(live.state.recommender?.snapshot.row(ofItem: "from-outside") != nil)
        _ = try TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: .silent).retrain(
            force: true)
        try live.refresh()
        #expect(live.state.version == "v2")
        // And before a change of one's own, without a refresh.
        try ItemPlacement(workspace: planted.workspace, pool: pool).add([arrival("from-outside-too")])
        try live.add(arrival("own"))
        try expectSameAsAnew("changes of two")
    }

    /// Added, changed and removed while a training runs: all of it is in the version that comes out.
    @Test func whatChangesDuringATrainingIsInItsVersion() throws {
        try live.add(arrival("before"))
        let (before, during) = (arrival("before", genre: "Western", year: 1950), arrival("during"))
        let outcome = try live.train { [live, planted, pool] exclusively in
            let pipeline = TrainingPipeline(
                workspace: planted.workspace, pool: pool, monitor: .silent,
                exclusively: { publish in
                    // All has been computed, nothing written.
                    try live.add(during)
                    _ = try live.put(before)
                    _ = try live.delete(item: "i8")
                    try exclusively(publish)
                })
            return try pipeline.train(.init(dimensions: 4, seed: 2))
        }
        #expect(outcome.isActive && live.state.version == "v2")
        try expectSameAsAnew("a training")
        let snapshot = try #require(live.state.recommender).snapshot
        #expect(snapshot.row(ofItem: "during") != nil && snapshot.row(ofItem: "i8") == nil)
        // Placed by its new content: where the same content would stand.
        try live.add(arrival("twin", genre: "Western", year: 1950))
        let now = try #require(live.state.recommender).snapshot
        let (changed, twin) = (try #require(now.row(ofItem: "before")), try #require(now.row(ofItem: "twin")))
        let distance = zip(now.table.vectors.row(changed), now.table.vectors.row(twin))
            .reduce(Float(0)) { $0 + abs($1.0 - $1.1) }
        // Titles differ, and say next to nothing here.
        #expect(distance < 0.1)
    }

    @Test func aVersionCanBeGoneBackTo() throws {
        _ = try live.train { exclusively in
            try TrainingPipeline(
                workspace: planted.workspace, pool: pool, monitor: .silent, exclusively: exclusively
            ).train(.init(dimensions: 5, seed: 2))
        }
        try live.add(arrival("since"))
        #expect(try live.activate("v1") == 1)
        #expect(live.state.version == "v1")
        try expectSameAsAnew("going back")
        let error = #expect(throws: Diagnostic.self) { try live.activate("v9") }
        #expect(error?.code == "model.unknown_version")
        #expect(live.state.version == "v1")
    }

    /// As while the process has as many files open as it may.
    @Test func aModelWhoseNameCannotBeReadNowIsKept() throws {
        let version = try #require(live.state.version)
        let file = planted.workspace.modelsDirectory + "/current"
        let aside = file + ".aside"
        try FileManager.default.moveItem(atPath: file, toPath: aside)
        // There, and nothing that can be read.
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
        let error = #expect(throws: Diagnostic.self) { try live.refresh() }
        #expect(error?.code == "model.unreadable")
        #expect(live.state.version == version)
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.moveItem(atPath: aside, toPath: file)
        try live.refresh()
        #expect(live.state.version == version)
    }

    @Test func withoutAModelUsersAndRatingsAreKept() throws {
        let planted = try PlantedWorkspace(items: 30, users: 20)
        let live = try LiveCatalogue(planted.workspace, pool: pool)
        _ = try live.rate([Rating(user: "u1", item: "i3", value: 5, timestamp: 1)])
        #expect(live.state.histories.user(id: "u1") != nil)
        let error = #expect(throws: Diagnostic.self) { try live.state.answers() }
        #expect(error?.code == "model.none")
        _ = try live.train { exclusively in
            try TrainingPipeline(
                workspace: planted.workspace, pool: pool, monitor: .silent, exclusively: exclusively
            ).train(.init(dimensions: 4))
        }
        #expect(try live.state.answers().snapshot.version == "v1")
    }

    /// New items on the map stand where the space has them, and move no other.
    @Test func aNewItemMovesNobodyOnTheMap() throws {
        func places() throws -> [String: [Float]] {
            let snapshot = try #require(live.state.recommender).snapshot
            let map = try #require(live.state.map)
            return Dictionary(
                uniqueKeysWithValues: snapshot.items.indices.map { row in
                    let place = snapshot.place(ofRow: row, on: map)
                    return (snapshot.items[row].item.id, [place.x, place.y])
                })
        }
        let before = try places()
        #expect(before.values.allSatisfy { $0.allSatisfy { abs($0) <= 1 } })
        #expect(before.values.contains { $0.contains { abs($0) > 0.5 } })
        try live.add(arrival("new-1"))
        let after = try places()
        #expect(after.count == before.count + 1)
        for (id, place) in before { #expect(after[id] == place) }
    }

    @Test func reasonsAreTheNearestLikedOfTheHistory() throws {
        let recommender = try live.state.answers()
        let user = try #require(live.state.histories.user(id: "u1"))
        let ratings = live.state.histories.ratings(ofUser: user.key)
        let list = try recommender.recommend(toUser: "u1", count: 4, filter: ItemFilter()).list.map(\.itemId)
        for (id, reasons) in zip(list, try recommender.reasons(forItems: list, toUser: "u1")) {
            let liked = Set(
                ratings.filter { $0.value > 3 }.compactMap { rating in
                    recommender.snapshot.row(ofKey: rating.itemKey).map {
                        recommender.snapshot.items[$0].item.id
                    }
                })
            let expected = try recommender.neighbours(ofItem: id, count: 60).filter {
                liked.contains($0.itemId)
            }
            #expect(reasons.map(\.itemId) == expected.prefix(3).filter { $0.similarity > 0 }.map(\.itemId))
        }
    }

    @Test func filtersByAttributeAndProbability() throws {
        var item = arrival("with-director").item
        item.attributes = ["director": ["Ana Reis", "Bo Lind"], "country": ["Chile"]]
        try live.add(.init(item: item))
        let recommender = try live.state.answers()
        var filter = ItemFilter()
        filter.attributes = ["director": ["Nobody", "Bo Lind"], "country": ["Chile"]]
        let found = try recommender.recommend(toUser: "u1", count: 5, filter: filter)
        #expect(found.list.map(\.itemId) == ["with-director"] && found.candidates == 1)
        #expect(abs((found.list[0].probability ?? 0) - 1) < 1e-6)
        filter.attributes["country"] = ["Peru"]
        #expect(try recommender.recommend(toUser: "u1", count: 5, filter: filter).list.isEmpty)

        let all = try recommender.recommend(toUser: "u1", count: 100, filter: ItemFilter())
        let sum = all.list.reduce(0) { $0 + ($1.probability ?? 0) }
        #expect(all.list.count == all.candidates && abs(sum - 1) < 1e-4)
        var likely = ItemFilter()
        likely.minimumProbability = try #require(all.list[3].probability)
        let few = try recommender.recommend(toUser: "u1", count: 100, filter: likely)
        #expect(
            few.list.map(\.itemId) == all.list.prefix(4).map(\.itemId) && few.candidates == all.candidates)
    }
}
