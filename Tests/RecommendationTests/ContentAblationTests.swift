import Recommendation
import Testing

@Suite struct ContentAblationTests {
    private func rows(_ kinds: [String]) -> [String: Set<String>] {
        Dictionary(uniqueKeysWithValues: ContentAblation(kinds: kinds).rows.map { ($0.name, $0.kinds) })
    }

    @Test func everyPartEveryPairAndEverythingWithoutEachKind() {
        let kinds = ["cnn", "director", "description", "genres", "length", "poster", "title", "year"]
        let rows = rows(kinds)
        #expect(rows["all"] == Set(kinds.dropFirst()))
        #expect(rows["all, with a CNN"] == Set(kinds))
        #expect(rows["poster"] == ["poster"])
        #expect(rows["text"] == ["title", "description", "length"])
        #expect(rows["metadata"] == ["director", "genres", "year"])
        #expect(rows["poster + text"] == ["poster", "title", "description", "length"])
        #expect(rows["poster + metadata"] == ["poster", "director", "genres", "year"])
        #expect(rows["text + metadata"] == Set(kinds.dropFirst()).subtracting(["poster"]))
        #expect(rows["description"] == ["description"])
        for kind in kinds.dropFirst() {
            #expect(rows["all without \(kind)"] == Set(kinds.dropFirst()).subtracting([kind]))
        }
        #expect(rows.count == 2 + 3 + 3 + 1 + 7)
    }

    @Test func whatIsNotThereIsNotAsked() {
        #expect(rows(["length"]) == ["all": ["length"]])
        let rows = rows(["genres", "length"])
        #expect(rows["poster"] == nil && rows["description"] == nil && rows["all, with a CNN"] == nil)
        #expect(rows["metadata"] == ["genres"] && rows["text"] == ["length"])
        #expect(rows.values.allSatisfy { !$0.isEmpty })
    }
}
