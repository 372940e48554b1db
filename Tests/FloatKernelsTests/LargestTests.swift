import FloatKernels
import Testing

@Suite struct LargestTests {
    /// The naive twin: sorts everything.
    private func sorted(_ k: Int, _ scores: [Float]) -> [(index: Int, score: Float)] {
        let comparable = scores.enumerated().filter { !$0.element.isNaN }
        let ordered = comparable.sorted {
            $0.element != $1.element ? $0.element > $1.element : $0.offset < $1.offset
        }
        return ordered.prefix(k).map { (index: $0.offset, score: $0.element) }
    }

    private func check(_ k: Int, _ scores: [Float], _ location: SourceLocation = #_sourceLocation) {
        let (found, expected) = (largest(k, of: scores, count: scores.count), sorted(k, scores))
        #expect(found.map(\.index) == expected.map(\.index), sourceLocation: location)
        #expect(found.map(\.score) == expected.map(\.score), sourceLocation: location)
    }

    @Test(arguments: [0, 1, 2, 5, 8, 31, 100], [0, 1, 7, 8, 9, 64, 101, 1000])
    func agreesWithSorting(k: Int, count: Int) {
        var random = RandomMatrices(seed: UInt64(count))
        let scores = random.vector(count)
        check(k, scores)
        // Few different scores: ties everywhere.
        check(k, scores.map { $0.rounded() })
        check(k, scores.map { $0 > 1 ? .nan : $0 })
        check(k, scores.map { $0 < 0 ? -.infinity : $0 })
        check(k, scores.sorted())
        check(k, scores.sorted(by: >))
    }

    @Test func choosesNoNaN() {
        check(3, [.nan, .nan])
        check(3, [.nan, -.infinity, .nan, .infinity])
        #expect(largest(3, of: [.nan, 1, .nan] as [Float], count: 3).map(\.index) == [1])
    }
}
