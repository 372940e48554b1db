import Catalogue
import Diagnostics
import Foundation
import Testing

/// What every store must do, written against the protocol; a further store joins by a case here.
@Suite struct CatalogueStoreConformance {
    enum Subject: CaseIterable {
        case file, memory
    }

    /// A store whose clock stands at 100, and what must live as long.
    private func make(_ subject: Subject) throws -> (store: any CatalogueStore, folder: TemporaryFolder) {
        let folder = try TemporaryFolder()
        switch subject {
        case .file:
            let path = folder.path + "/catalogue.sqlite"
            return (try SQLiteCatalogueStore(path: path, access: .writing, clock: { 100 }), folder)
        case .memory: return (try SQLiteCatalogueStore(inMemoryWithClock: { 100 }), folder)
        }
    }

    private let film = Item(
        id: "7", title: "Straße, “Die”", year: -380, genres: ["Drama", "Sci|Fi"], description: "Line\nline",
        poster: PosterReference(digest: String(repeating: "ab", count: 32), fileExtension: "png"),
        attributes: ["director": ["A", "B"], "cast": ["Z", "A"]])

    @Test(arguments: Subject.allCases)
    func itemsComeBackAsTheyWere(_ subject: Subject) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        let bare = Item(id: "8", title: "Bare")
        try store.write { transaction throws in
            #expect(try transaction.upsert(film).change == .added)
            #expect(try transaction.upsert(bare).change == .added)
            #expect(try transaction.upsert(film).change == .unchanged)
        }
        #expect(try store.items().map(\.item) == [film, bare])
        #expect(try store.item(id: "7")?.item == film)
        #expect(try store.item(id: "7")?.createdAt == 100)
        #expect(try store.item(id: "9") == nil)
        #expect(try store.items(ids: ["8", "7"]).map(\.item) == [bare, film])
        let error = #expect(throws: Diagnostic.self) { try store.items(ids: ["8", "9"]) }
        #expect(error?.kind == .missingInput)
        #expect(error?.message == "no such item '9'")
    }

    /// What Swift takes for the same text is the same id: "é" as one character, and as a letter with its accent.
    @Test(arguments: Subject.allCases)
    func idsThatDifferInFormAreOne(_ subject: Subject) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        let composed = "caf\u{E9}", decomposed = "cafe\u{301}"
        try store.write { transaction in
            let key = try transaction.upsert(Item(id: decomposed, title: "First")).key
            #expect(try transaction.upsert(Item(id: composed, title: "Second")) == (key, .updated))
            #expect(try transaction.item(id: decomposed)?.item.title == "Second")
            let user = try transaction.upsert(User(id: composed)).key
            #expect(try transaction.upsert(User(id: decomposed)).key == user)
            let rating = Rating(user: decomposed, item: decomposed, value: 1, timestamp: 0)
            #expect(try transaction.rate(rating) == .added)
        }
        #expect(try store.items().map { Array($0.item.id.utf8) } == [Array(composed.utf8)])
        #expect(try store.items(ids: [decomposed, composed]).count == 2)
        #expect(try store.item(id: decomposed) != nil)
        #expect(try store.user(id: decomposed) != nil)
        #expect(try store.write { try $0.deleteItem(id: decomposed) })
    }

    @Test(arguments: Subject.allCases)
    func replacedItemKeepsKeyAndDeletedKeyIsNotUsedAgain(_ subject: Subject) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        try store.write { transaction in
            let key = try transaction.upsert(film).key
            let changed = Item(id: "7", title: "Other", attributes: ["country": ["DE"], "cast": []])
            let second = try transaction.upsert(changed)
            #expect(second.change == .updated)
            #expect(second.key == key)
            #expect(try transaction.item(id: "7")?.item.attributes == ["country": ["DE"]])
            #expect(try transaction.item(id: "7")?.item.genres == [])
            #expect(try transaction.deleteItem(id: "7"))
            #expect(try !transaction.deleteItem(id: "7"))
            #expect(try transaction.upsert(film).key > key)
        }
    }

    @Test(arguments: Subject.allCases)
    func pagesOfItems(_ subject: Subject) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        try store.write { transaction in
            for index in 0..<30 { try transaction.upsert(Item(id: "i\(index)", title: "Title_\(index)%")) }
        }
        let first = try store.items(containing: nil, after: 0, limit: 20)
        #expect(first.map(\.item.id) == (0..<20).map { "i\($0)" })
        let second = try store.items(containing: nil, after: first[19].key, limit: 20)
        #expect(second.map(\.item.id) == (20..<30).map { "i\($0)" })
        #expect(try store.items(containing: "title_7%", after: 0, limit: 20).map(\.item.id) == ["i7"])
        #expect(try store.items(containing: "%7", after: 0, limit: 20).isEmpty)
    }

    @Test(arguments: Subject.allCases)
    func ratingsLastOneWins(_ subject: Subject) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        try store.write { transaction in
            try transaction.upsert(film)
            try transaction.upsert(User(id: "u", attributes: ["age": "25"]))
            #expect(try transaction.rate(Rating(user: "u", item: "7", value: 3, timestamp: 5)) == .added)
            #expect(try transaction.rate(Rating(user: "u", item: "7", value: 4.5, timestamp: 6)) == .updated)
            #expect(
                try transaction.rate(Rating(user: "u", item: "7", value: 4.5, timestamp: 6)) == .unchanged)
        }
        let user = try #require(try store.user(id: "u"))
        let item = try #require(try store.item(id: "7"))
        #expect(user.user.attributes == ["age": "25"])
        let expected = KeyedRating(userKey: user.key, itemKey: item.key, value: 4.5, timestamp: 6)
        #expect(try store.ratings(ofUser: user.key) == [expected])
        #expect(try store.ratings(ofItem: item.key) == [expected])
    }

    @Test(arguments: Subject.allCases)
    func ratingNeedsUserItemAndNumber(_ subject: Subject) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        try store.write { transaction in
            try transaction.upsert(film)
            try transaction.upsert(User(id: "u"))
        }
        func error(_ rating: Rating) -> Diagnostic? {
            #expect(throws: Diagnostic.self) { try store.write { _ = try $0.rate(rating) } }
        }
        #expect(error(Rating(user: "x", item: "7", value: 1))?.message == "no such user 'x'")
        #expect(error(Rating(user: "u", item: "x", value: 1))?.message == "no such item 'x'")
        #expect(error(Rating(user: "u", item: "7", value: .nan))?.code == "rating.out_of_range")
        #expect(try store.counts().ratings == 0)
    }

    /// Against a dictionary, with ratings in random order, pairs that repeat, and batches above and below the size at
    /// which indexes are dropped and rebuilt.
    @Test(arguments: Subject.allCases, [50, 30_000])
    func mergeAgreesWithADictionary(_ subject: Subject, _ size: Int) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        var generator = SplitMix(state: UInt64(size))
        var expected: [[Int64]: KeyedRating] = [:]
        try store.write { transaction in
            for index in 1...300 {
                try transaction.upsert(Item(id: "i\(index)", title: "t"))
                try transaction.upsert(User(id: "u\(index)"))
            }
        }
        for _ in 0..<3 {
            let batch = (0..<size).map { _ in
                KeyedRating(
                    userKey: .random(in: 1...300, using: &generator),
                    itemKey: .random(in: 1...300, using: &generator),
                    value: Float(Int.random(in: 1...10, using: &generator)) / 2,
                    timestamp: .random(in: 0...3, using: &generator))
            }
            let before = expected
            for rating in batch { expected[[rating.userKey, rating.itemKey]] = rating }
            let counts = try store.write { try $0.merge(batch) }
            #expect(counts.added == expected.count - before.count)
            #expect(counts.updated == before.count { expected[$0.key] != $0.value })
        }
        var streamed: [KeyedRating] = []
        try store.forEachRating {
            streamed.append(KeyedRating(userKey: $0, itemKey: $1, value: $2, timestamp: $3))
        }
        let sorted = expected.values.sorted { ($0.userKey, $0.itemKey) < ($1.userKey, $1.itemKey) }
        #expect(streamed == sorted)
        #expect(try store.ratings(ofUser: 5) == sorted.filter { $0.userKey == 5 })
        #expect(try store.ratings(ofItem: 5) == sorted.filter { $0.itemKey == 5 })
        try store.write { transaction in
            try transaction.save([other(7), other(5)], version: "a")
            try transaction.save([other(6)], version: "b")
        }
        let placed = sorted.filter { [5, 7].contains($0.itemKey) }
            .sorted { ($0.itemKey, $0.userKey) < ($1.itemKey, $1.userKey) }
        #expect(!placed.isEmpty)
        #expect(try store.ratings(ofItemsPlacedBy: "a") == placed)
    }

    @Test(arguments: Subject.allCases)
    func aWriteIsAllOrNothing(_ subject: Subject) throws {
        struct Stop: Error {}
        let (store, folder) = try make(subject)
        defer { _ = folder }
        try store.write { _ = try $0.upsert(User(id: "u")) }
        let revision = try store.revision()
        #expect(throws: Stop.self) {
            try store.write { transaction in
                let key = try transaction.upsert(film).key
                try transaction.upsert(User(id: "u", attributes: ["age": "1"]))
                try transaction.rate(Rating(user: "u", item: "7", value: 1))
                try transaction.save(
                    [ItemVector(itemKey: key, provenance: .projected, vector: [1], bias: 0, variance: 1)],
                    version: "v")
                throw Stop()
            }
        }
        #expect(try store.items().isEmpty)
        #expect(try store.counts().ratings == 0)
        #expect(try store.vectors(version: "v").isEmpty)
        #expect(try store.user(id: "u")?.user.attributes == [:])
        #expect(try store.revision() == revision)
    }

    @Test(arguments: Subject.allCases)
    func revisionRisesOncePerWriteThatChanges(_ subject: Subject) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        let start = try store.revision()
        try store.write { transaction in
            try transaction.upsert(film)
            try transaction.upsert(User(id: "u"))
        }
        #expect(try store.revision() == start + 1)
        try store.write { _ = try $0.upsert(film) }
        #expect(try store.revision() == start + 1)
    }

    @Test(arguments: Subject.allCases)
    func vectorsByVersion(_ subject: Subject) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        try store.write { transaction in
            let first = try transaction.upsert(film).key
            let second = try transaction.upsert(Item(id: "8", title: "t")).key
            let projected = ItemVector(
                itemKey: second, provenance: .projected, vector: [1.5, -.pi, .leastNonzeroMagnitude],
                bias: 0.1, variance: 2)
            try transaction.save([projected, other(first)], version: "a")
            try transaction.save([other(second)], version: "b")
            try transaction.save([other(second)], version: "a")
        }
        let keys = try store.items().map(\.key)
        #expect(try store.vectors(version: "a") == keys.map(other))
        try store.write { try $0.deleteVectors(version: "a") }
        #expect(try store.vectors(version: "a").isEmpty)
        #expect(try store.vectors(version: "b") == [other(keys[1])])
        try store.write { _ = try $0.deleteItem(id: "8") }
        #expect(try store.vectors(version: "b").isEmpty)
    }

    private func other(_ key: Int64) -> ItemVector {
        ItemVector(itemKey: key, provenance: .blended, vector: [.pi, 0.1, -0], bias: -0.25, variance: 0.5)
    }

    @Test(arguments: Subject.allCases)
    func countsTellWhatIsThere(_ subject: Subject) throws {
        let (store, folder) = try make(subject)
        defer { _ = folder }
        #expect(try store.counts() == CatalogueCounts())
        try store.write { transaction in
            try transaction.declareAttributes(["director", "cast", "award"])
            try transaction.upsert(film)
            try transaction.upsert(Item(id: "8", title: "t", attributes: ["director": ["A", "C"]]))
            try transaction.upsert(User(id: "u"))
            try transaction.rate(Rating(user: "u", item: "8", value: 1))
        }
        let counts = try store.counts()
        #expect(counts.items == 2)
        #expect(counts.users == 1)
        #expect(counts.ratings == 1)
        #expect(counts.posters == 1)
        #expect(counts.descriptions == 1)
        #expect(counts.years == 1)
        #expect(counts.genres == 1)
        #expect(counts.ratedItems == 1)
        #expect(counts.attributes.map(\.name) == ["director", "cast", "award"])
        #expect(counts.attributes.map(\.items) == [2, 1, 0])
    }
}

/// Steele, Lea and Flood's SplitMix64: seeded, so that a failure comes back.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
