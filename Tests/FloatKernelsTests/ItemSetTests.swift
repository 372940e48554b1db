import FloatKernels
import Testing

@Suite struct ItemSetTests {
    /// Sizes around the words of which a set is made.
    static let counts = [0, 1, 63, 64, 65, 128, 200]

    @Test(arguments: counts) func setsAreWhatSetsOfNumbersAre(_ count: Int) {
        var generator = RandomGenerator(seed: UInt64(count))
        func drawn() -> Set<Int> { Set((0..<count).filter { _ in generator.uniform() < 0.4 }) }
        let (first, second) = (drawn(), drawn())
        func set(_ members: Set<Int>) -> ItemSet { ItemSet(count: count, members: members) }

        #expect(ItemSet(count: count).members.isEmpty)
        #expect(ItemSet(allOf: count) == set(Set(0..<count)))
        #expect(set(first).members == first.sorted() && set(first).memberCount == first.count)
        var joined = set(first)
        joined.formUnion(set(second))
        #expect(joined == set(first.union(second)))
        var common = set(first)
        common.formIntersection(set(second))
        #expect(common == set(first.intersection(second)))
        guard let one = first.min() else { return }
        var others = set(first)
        others.remove(one)
        others.remove(one)
        #expect(others == set(first.subtracting([one])))
    }

    @Test(arguments: counts) func scoresThatDoNotPassAreMasked(_ count: Int) {
        let excluded = stride(from: 1, to: count, by: 5).map(Int32.init)
        for allowed in [nil, ItemSet(count: count, members: stride(from: 0, to: count, by: 3))] {
            let filter = ScanFilter(allowed: allowed, excluded: excluded)
            var scores = (0..<count).map(Float.init)
            filter.mask(&scores)
            for item in 0..<count {
                let passes = allowed?.contains(item) ?? true && item % 5 != 1
                #expect(scores[item] == (passes ? Float(item) : -.infinity))
            }
        }
    }
}
