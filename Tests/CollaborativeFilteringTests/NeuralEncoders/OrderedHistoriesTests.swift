import CollaborativeFiltering
import FloatKernels
import Testing

@Suite("Histories in the order of time") struct OrderedHistoriesTests {
    private let histories = OrderedHistories(
        histories: [
            [
                HistoryEntry(item: 5, rating: 1, timestamp: 30),
                HistoryEntry(item: 1, rating: 5, timestamp: 20),
                HistoryEntry(item: 7, rating: 4, timestamp: nil),
                HistoryEntry(item: 0, rating: 4, timestamp: 30),
                HistoryEntry(item: 3, rating: 2, timestamp: nil),
            ],
            [], (0..<30).map { HistoryEntry(item: $0, rating: 5) },
        ], likedFrom: 4)

    @Test func unknownTimesComeFirstAndTiesFollowTheItems() {
        #expect(histories.starts == [0, 5, 5, 35])
        #expect(histories.timedStarts == [2, 5, 35])
        #expect(Array(histories.items.prefix(5)) == [3, 7, 1, 0, 5])
        #expect(Array(histories.isLiked.prefix(5)) == [false, true, true, true, false])
    }

    @Test func onlyWhatHasNoTimeIsShuffled() {
        var generator = RandomGenerator(seed: 1)
        let shuffled = histories.shufflingUntimed(using: &generator)
        #expect(Array(shuffled.items[2..<5]) == [1, 0, 5])
        let tail = Array(shuffled.items[5..<35])
        #expect(tail != Array(0..<30) && tail.sorted() == Array(0..<30))
        // Likes move with their items.
        for place in 0..<5 { #expect(shuffled.isLiked[place] == [7, 1, 0].contains(shuffled.items[place])) }
    }
}
