import CollaborativeFiltering
import Diagnostics
import Testing

@Suite struct InteractionMatrixTests {
    @Test func rowsInAnyOrderAreSortedByUserThenItem() throws {
        let matrix = try InteractionMatrix(
            userCount: 3, itemCount: 4,
            rows: [
                Interaction(user: 2, item: 3, rating: 5, timestamp: 30),
                Interaction(user: 0, item: 2, rating: 1),
                Interaction(user: 2, item: 0, rating: 3, timestamp: 10),
            ])
        #expect(matrix.ratings.rowStarts == [0, 1, 1, 3])
        #expect(matrix.ratings.columnIndices == [2, 0, 3])
        #expect(matrix.ratings.values == [1, 3, 5])
        #expect(matrix.timestamps == [0, 10, 30])
        #expect(
            matrix.history(ofUser: 2) == [
                HistoryEntry(item: 0, rating: 3, timestamp: 10),
                HistoryEntry(item: 3, rating: 5, timestamp: 30),
            ])
        #expect(matrix.history(ofUser: 0) == [HistoryEntry(item: 2, rating: 1)])
        #expect(matrix.history(ofUser: 1).isEmpty)
    }

    @Test func withoutTimesThereAreNone() throws {
        let matrix = try InteractionMatrix(
            userCount: 1, itemCount: 1, rows: [Interaction(user: 0, item: 0, rating: 1)])
        #expect(matrix.timestamps == nil)
    }

    @Test func ofRepeatedPairsTheLatestStays() throws {
        let matrix = try InteractionMatrix(
            userCount: 2, itemCount: 1,
            rows: [
                Interaction(user: 0, item: 0, rating: 1, timestamp: 9),
                Interaction(user: 0, item: 0, rating: 2, timestamp: 8),
                Interaction(user: 1, item: 0, rating: 3),
                Interaction(user: 1, item: 0, rating: 4),
            ])
        #expect(matrix.ratings.values == [1, 4])
        #expect(matrix.timestamps == [9, 0])
    }

    @Test(
        arguments: [
            ([1, 2, 3, 4, 5], 3), ([4, 4, 4], 4), ([1, 5], 5), ([0.5], 0.5),
            ([1, 2, 3, 3, 4, 4, 4, 5, 5], 4),
        ] as [([Float], Float)])
    func theThresholdIsTheMedian(ratings: [Float], median: Float) throws {
        let rows = ratings.enumerated().map { Interaction(user: 0, item: $0, rating: $1) }
        let matrix = try InteractionMatrix(userCount: 1, itemCount: ratings.count, rows: rows)
        #expect(matrix.positiveThreshold == median)
        #expect(matrix.isPositive(median))
    }

    @Test func aGivenThresholdStands() throws {
        let matrix = try InteractionMatrix(
            userCount: 1, itemCount: 1, positiveThreshold: 3.5,
            rows: [Interaction(user: 0, item: 0, rating: 1)])
        #expect(matrix.positiveThreshold == 3.5)
    }

    @Test func transposingExchangesUsersAndItems() throws {
        let matrix = try Worlds.circle(users: 13, items: 29, seed: 3).train
        let transposed = matrix.transposed()
        #expect(transposed.rows == 29 && transposed.columns == 13)
        #expect(transposed.transposed() == matrix.ratings)
        for item in 0..<29 {
            let users = transposed.columnIndices[transposed.entries(ofRow: item)]
            #expect(Array(users) == users.sorted())
            for user in users { #expect(matrix.history(ofUser: Int(user)).contains { $0.item == item }) }
        }
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func aRatingThatIsNoNumberIsRefused(rating: Float) {
        let rows = [Interaction(user: 0, item: 0, rating: 1), Interaction(user: 0, item: 1, rating: rating)]
        let error = #expect(throws: Diagnostic.self) {
            try InteractionMatrix(userCount: 1, itemCount: 2, rows: rows)
        }
        #expect(error?.kind == .badData)
        #expect(error?.code == "ratings.not-finite")
        #expect(error?.message.contains("row 2") == true)
        #expect(error?.fix.contains("leave out rows") == true)
    }

    @Test(arguments: [(2, 0, "user"), (-1, 0, "user"), (0, 3, "item"), (0, -1, "item")])
    func anIndexOutOfRangeIsRefused(user: Int, item: Int, name: String) {
        let error = #expect(throws: Diagnostic.self) {
            try InteractionMatrix(
                userCount: 2, itemCount: 3, rows: [Interaction(user: user, item: item, rating: 1)])
        }
        #expect(error?.kind == .badData)
        #expect(error?.code == "ratings.\(name)-out-of-range")
    }
}
