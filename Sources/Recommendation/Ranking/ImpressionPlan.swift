import CollaborativeFiltering
package import FloatKernels

/// Gives every new item a minimum of places on the lists of a batch, where that costs least.
///
/// In rounds, every list with room gives up at most one place: the last that is not held by an item that needs it. An item
/// that stands on too few lists bids for those that it would lower least, not for lists of users who have seen it. The
/// cheapest bid is served first; ties go to the earlier item, then to the earlier user. So the burden is spread, and a list
/// loses at most one item in five. Where that is too little room, all items get as many places as there are for each.
package struct ImpressionPlan: Sendable {
    /// On how many lists every new item is to stand: what the policy wants, or less where there is no room.
    private let minimum: Int
    /// How many places a list may give up.
    private let slots: Int

    /// For every item the number of lists that it stands on.
    package private(set) var counts: [Int]
    /// Of every list how many places it has given up.
    private var given: [Int]
    /// Items that were put on a list: they stay.
    private var placed: [Set<Int>]

    /// Of a list of this length so many places may be given up, and at least one.
    private static let listShare = 5
    /// How many times as many bids an item makes as it needs places.
    private static let bidsPerPlace = 4

    /// Changes `lists`, which hold values, until every new item stands on as many as the policy wants or no list has room.
    ///
    /// - Parameters:
    ///   - length: the places of a list.
    ///   - queries: the users as scans ask for them, one a list.
    ///   - excluded: for every user the items that are left out, ascending.
    package init(
        _ table: CandidateTable, length: Int, lists: inout [[ProductScan.Entry]], queries: Matrix,
        excluded: [[Int32]], pool: ThreadPool
    ) {
        precondition(lists.count == queries.rows && lists.count == excluded.count, "one of each a user")
        let slots = max(1, length / Self.listShare)
        var counts = [Int](repeating: 0, count: table.isNew.count)
        for entry in lists.joined() { counts[entry.index] += 1 }
        let room = lists.reduce(0) { $0 + min(slots, $1.count) }
        minimum = Self.level(
            upTo: min(table.policy.impressions, lists.count),
            of: counts.indices.filter { table.isNew[$0] }.map { counts[$0] }, room: room)
        self.slots = slots
        self.counts = counts
        given = [Int](repeating: 0, count: lists.count)
        placed = [Set<Int>](repeating: [], count: lists.count)
        while true {
            let short = counts.indices.filter { table.isNew[$0] && counts[$0] < minimum }
            let bids = bids(
                of: short, table, lists: lists, queries: queries, excluded: excluded, pool: pool)
            guard serve(bids, isNew: table.isNew, lists: &lists) else { break }
        }
    }

    /// The largest level up to a limit to which `room` lifts all the counts.
    private static func level(upTo limit: Int, of counts: [Int], room: Int) -> Int {
        var (reached, beyond) = (0, limit + 1)
        while beyond - reached > 1 {
            let level = (reached + beyond) / 2
            let need = counts.reduce(0) { $0 + max(0, level - $1) }
            if need <= room { reached = level } else { beyond = level }
        }
        return reached
    }

    /// A new item on a list where it would be.
    private struct Bid {
        let item: Int, user: Int
        /// What the item is worth to the user.
        let value: Float
        /// By how much that is more than what it would replace; below 0 almost always.
        let gain: Float
    }

    /// Of all items that are short, the bids for the lists that have room; the cheapest first.
    private func bids(
        of items: [Int], _ table: CandidateTable, lists: [[ProductScan.Entry]], queries: Matrix,
        excluded: [[Int32]], pool: ThreadPool
    ) -> [Bid] {
        let prices = lists.indices.map { user in
            weakest(of: lists[user], user: user, isNew: table.isNew).map { lists[user][$0].score }
        }
        let open = prices.indices.filter { prices[$0] != nil }
        guard !items.isEmpty, !open.isEmpty else { return [] }
        let need = items.reduce(0) { max($0, minimum - counts[$1]) }
        let found = table.scan.largestQueries(
            Self.bidsPerPlace * need, ofItems: items, queries: queries, biases: prices.map { -($0 ?? 0) },
            allowed: ItemSet(count: lists.count, members: open),
            excluded: usersClosed(to: items, lists: lists, excluded: excluded), pool: pool)
        return zip(items.indices, found).flatMap { index, best in
            best.map { entry in
                let gain = entry.score + table.items.biases[items[index]]
                return Bid(
                    item: items[index], user: entry.index, value: gain + (prices[entry.index] ?? 0),
                    gain: gain)
            }
        }.sorted { ($1.gain, $0.item, $0.user) < ($0.gain, $1.item, $1.user) }
    }

    /// Puts items on lists in the order of the bids, one a list. False where none was.
    private mutating func serve(
        _ bids: [Bid], isNew: [Bool], lists: inout [[ProductScan.Entry]]
    ) -> Bool {
        var isServed = [Bool](repeating: false, count: lists.count)
        for bid in bids where counts[bid.item] < minimum && !isServed[bid.user] {
            guard let place = weakest(of: lists[bid.user], user: bid.user, isNew: isNew) else { continue }
            counts[lists[bid.user].remove(at: place).index] -= 1
            let behind = lists[bid.user].lastIndex { $0.score >= bid.value }.map { $0 + 1 } ?? 0
            lists[bid.user].insert((bid.item, bid.value), at: max(behind, place))
            counts[bid.item] += 1
            given[bid.user] += 1
            placed[bid.user].insert(bid.item)
            isServed[bid.user] = true
        }
        return isServed.contains(true)
    }

    /// The last place of a list that may be given up: not one that was given to an item, nor that of a new item which
    /// would then be short.
    private func weakest(of list: [ProductScan.Entry], user: Int, isNew: [Bool]) -> Int? {
        guard given[user] < slots else { return nil }
        return list.lastIndex {
            !placed[user].contains($0.index) && (!isNew[$0.index] || counts[$0.index] > minimum)
        }
    }

    /// For each of `items` the users who have seen it or are shown it already, ascending.
    private func usersClosed(
        to items: [Int], lists: [[ProductScan.Entry]], excluded: [[Int32]]
    ) -> [[Int32]] {
        var place = [Int](repeating: -1, count: counts.count)
        for (index, item) in items.enumerated() { place[item] = index }
        var users = [[Int32]](repeating: [], count: items.count)
        for user in lists.indices {
            for item in excluded[user] where place[Int(item)] >= 0 {
                users[place[Int(item)]].append(Int32(user))
            }
            for entry in lists[user] where place[entry.index] >= 0 {
                users[place[entry.index]].append(Int32(user))
            }
        }
        return users
    }
}
