import FloatKernels

/// Users in batches of similar length, each batch dealt to the workers. Of a long history a random stretch is taken, so that
/// those who rated most do not take most of the time.
struct SequenceBatches {
    /// For each batch and worker the users' entries, the longest first.
    let batches: [[[Range<Int>]]]

    /// Deals the users who have two entries or more, so that something follows. Lengths are blurred before they are sorted, so
    /// that users meet others in each epoch.
    init(
        _ histories: OrderedHistories, longest: Int, usersPerBatch: Int, workers: Int,
        using generator: inout RandomGenerator
    ) {
        var users: [(key: Float, range: Range<Int>)] = []
        for user in 0..<histories.userCount {
            let all = histories.entries(ofUser: user)
            guard all.count >= 2 else { continue }
            let count = min(all.count, longest)
            let start = all.lowerBound + generator.index(below: all.count - count + 1)
            let range = start..<start + count
            users.append((Float(range.count) * (1 + 0.3 * generator.uniform()), range))
        }
        users.sort { ($0.key, $0.range.lowerBound) < ($1.key, $1.range.lowerBound) }
        var batches = stride(from: 0, to: users.count, by: usersPerBatch).map { start in
            let batch = users[start..<min(start + usersPerBatch, users.count)].map(\.range)
                .sorted { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
            return (0..<workers).map { worker in
                stride(from: worker, to: batch.count, by: workers).map { batch[$0] }
            }
        }
        generator.shuffle(&batches)
        self.batches = batches
    }
}
