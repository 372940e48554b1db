/// Steps of several users' sequences, step after step: the rows of a step are the users who have that many entries, the
/// longest sequence first, so that a user has the same row in every step.
package struct PackedSteps {
    /// Of each step, how many users take part; never more than in the step before.
    package private(set) var active: [Int] = []
    /// Where the rows of each step start, and behind the last step their number.
    package private(set) var starts = [0]
    /// The item of each row.
    package private(set) var items: [Int32] = []
    /// Whether it was liked.
    package private(set) var isLiked: [Bool] = []
    /// For each row, its place among all entries of the histories.
    package private(set) var places: [Int] = []

    /// Number of rows.
    package var rows: Int { items.count }

    /// The steps `steps` of users whose entries are `ranges` of the histories, the longest first.
    package init(_ histories: OrderedHistories, _ ranges: [Range<Int>], steps: Range<Int>) {
        for step in steps {
            let users = ranges.prefix { $0.count > step }
            guard !users.isEmpty else { break }
            active.append(users.count)
            for range in users {
                let place = range.lowerBound + step
                items.append(histories.items[place])
                isLiked.append(histories.isLiked[place])
                places.append(place)
            }
            starts.append(items.count)
        }
    }
}
