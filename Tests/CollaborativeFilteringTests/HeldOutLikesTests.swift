import CollaborativeFiltering
import FloatKernels
import Testing

@Suite struct HeldOutLikesTests {
    private func world() throws -> InteractionMatrix {
        var generator = RandomGenerator(seed: 8)
        var rows: [Interaction] = []
        for user in 0..<90 {
            for item in 0..<40 where generator.uniform() < 0.5 {
                let isOwn = user % 2 == item % 2
                rows.append(Interaction(user: user, item: item, rating: isOwn ? 5 : 2))
            }
        }
        return try InteractionMatrix(userCount: 90, itemCount: 40, positiveThreshold: 4, rows: rows)
    }

    @Test func aTenthOfTheLikesIsHeldOutAndNothingElse() throws {
        let all = try world()
        var generator = RandomGenerator(seed: 1)
        let likes = HeldOutLikes(all, using: &generator)
        for user in 0..<90 {
            let given = all.history(ofUser: user)
            let kept = Set(likes.training.entries(ofRow: user).map { likes.training.columnIndices[$0] })
            let liked = given.filter { $0.rating == 5 }
            let hidden = given.filter { !kept.contains(Int32($0.item)) }
            #expect(hidden.count == (liked.count + 5) / 10)
            #expect(hidden.allSatisfy { $0.rating == 5 })
            #expect(kept.count + hidden.count == given.count)
        }
        #expect(likes.count == 90)
    }

    /// Vectors that tell the two tastes apart put every held-out like above all that is not one's own.
    @Test func knowingTastesScoresHigherThanNotKnowing() throws {
        let all = try world()
        var generator = RandomGenerator(seed: 1)
        let likes = HeldOutLikes(all, using: &generator)
        func ndcg(_ sign: Float) -> Double {
            let pool = ThreadPool(threads: 1)
            return likes.ndcg(
                users: Matrix(rows: 90, columns: 1, elements: (0..<90).map { $0 % 2 == 0 ? 1 : -1 }),
                items: Matrix(rows: 40, columns: 1, elements: (0..<40).map { $0 % 2 == 0 ? sign : -sign }),
                pool: pool)
        }
        #expect(ndcg(1) > 0.3)
        #expect(ndcg(-1) < 0.7 * ndcg(1))
    }
}
