/// What a profile network reads of several users: weighted rows of the item table, pool by pool, and attributes.
///
/// The pools of a user are what he liked, what else he rated, and what he rated lately, in two measures of lately; the
/// weights of a pool have square sum 1, as its size would otherwise depend on the number of ratings. Where no time is known
/// all ratings are as late.
package struct ProfileRows {
    /// Pools of a user.
    package static let pools = 4
    /// What a rating counts in the pools of late ones, against the one that followed.
    private static let fadings: [Float] = [0.6, 0.95]
    /// Below this weight a rating is left out.
    private static let leastWeight: Float = 0.01

    /// Where the entries of each pool start, user by user, and behind the last one their number.
    package private(set) var starts = [0]
    /// The item of each entry, and its weight.
    package private(set) var items: [Int32] = []
    package private(set) var weights: [Float] = []
    /// How much has been rated and how, `ProfileLayers.extentLength` values a user.
    package private(set) var extents: [Float] = []
    /// Where each user's attribute values start, and behind the last user their number.
    package private(set) var codeStarts = [0]
    /// The field, the code and the weight of each attribute value.
    package private(set) var codes: [(field: Int, code: Int, weight: Float)] = []

    /// Number of users.
    package var count: Int { codeStarts.count - 1 }

    /// No user.
    package init() {}

    /// Forgets all users.
    mutating func removeAll() { self = ProfileRows() }

    /// Adds a user.
    ///
    /// - Parameters:
    ///   - items: what was rated, in order.
    ///   - isLiked: whether it was liked.
    ///   - timed: how many at the end are in the order of time.
    ///   - attributes: the user's attribute values.
    package mutating func append(
        items: some RandomAccessCollection<Int32>, isLiked: some RandomAccessCollection<Bool>, timed: Int,
        attributes: [(field: Int, code: Int, weight: Float)]
    ) {
        let entries = Array(zip(items, isLiked))
        addPool(entries.lazy.filter { $0.1 }.map { ($0.0, 1) })
        addPool(entries.lazy.filter { !$0.1 }.map { ($0.0, 1) })
        for fading in Self.fadings {
            guard timed > 0 else {
                addPool(entries.lazy.map { ($0.0, 1) })
                continue
            }
            var (late, weight) = ([(Int32, Float)](), Float(1))
            for entry in entries.suffix(timed).reversed() where weight > Self.leastWeight {
                late.append((entry.0, weight))
                weight *= fading
            }
            addPool(late)
        }
        let liked = Float(isLiked.count { $0 })
        extents += [
            logarithm(1 + Float(entries.count)) / 4, entries.isEmpty ? 0 : liked / Float(entries.count) - 0.5,
        ]
        codes += attributes
        codeStarts.append(codes.count)
    }

    private mutating func addPool(_ entries: some Sequence<(Int32, Float)>) {
        let first = items.count
        for (item, weight) in entries {
            items.append(item)
            weights.append(weight)
        }
        let squares = weights[first...].reduce(0) { $0 + $1 * $1 }
        for place in first..<items.count { weights[place] /= squares.squareRoot() }
        starts.append(items.count)
    }
}
