public import Catalogue
import Diagnostics

extension LiveCatalogue {
    /// Adds an item, placed at once.
    ///
    /// - Throws: as `ItemPlacement.add`.
    public func add(_ arrival: ItemPlacement.Arrival) throws {
        try write { before, _ in
            try placement.add([arrival], by: before.model)
            return ((), try following(before, changed: arrival.item.id))
        }
    }

    /// Adds an item or replaces the one of its id.
    ///
    /// - Returns: whether it is new.
    public func put(_ arrival: ItemPlacement.Arrival) throws -> Bool {
        try write { before, journal in
            let known = try workspace.catalogue.item(id: arrival.item.id)
            try placement.put(arrival, by: before.model)
            if let known { journal?.insert(known.key) }
            let isWaiting = known.map { before.recommender?.snapshot.row(ofKey: $0.key) == nil } ?? false
            return (
                known == nil, try following(before, changed: arrival.item.id, wasWaiting: isWaiting)
            )
        }
    }

    /// Removes an item with its ratings.
    ///
    /// - Returns: whether there was one.
    public func delete(item id: String) throws -> Bool {
        try write { before, _ in
            guard let entry = try workspace.catalogue.item(id: id) else { return (false, before) }
            let raters = try workspace.catalogue.ratings(ofItem: entry.key).map(\.userKey)
            _ = try workspace.catalogue.write { try $0.deleteItem(id: id) }
            let histories = before.histories.forgetting(item: entry.key, raters: raters)
            let wasPlaced = before.recommender?.snapshot.row(ofKey: entry.key) != nil
            // People whom the model does not know stand elsewhere without this item, and move what they rated.
            let others = before.itemsMoved(byUsers: raters, histories)
            let after = try before.following(
                self, histories: histories, items: others.union([entry.key]),
                entries: try before.entries(of: others, workspace.catalogue), unplaced: wasPlaced ? 0 : -1)
            return (true, after)
        }
    }

    /// Adds a user or replaces what is known of one.
    ///
    /// - Returns: whether the user is new.
    public func put(_ user: User) throws -> Bool {
        try write { before, _ in
            let (key, change) = try workspace.catalogue.write { try $0.upsert(user) }
            return (change == .added, try following(before, users: [key: user]))
        }
    }

    /// Records ratings, all of them or none; users who are not known are made.
    ///
    /// - Throws: `item.unknown` for the first item that the catalogue lacks.
    public func rate(_ ratings: [Rating]) throws -> ChangeCounts {
        try write { before, _ in
            var counts = ChangeCounts()
            var users: [Int64: User] = [:]
            var items = Set<Int64>()
            try workspace.catalogue.write { transaction in
                for rating in ratings {
                    let user = try before.histories.user(id: rating.user) ?? transaction.user(id: rating.user)
                    let key = try user?.key ?? transaction.upsert(User(id: rating.user)).key
                    users[key] = user?.user ?? User(id: rating.user)
                    counts.count(try transaction.rate(rating))
                }
                for id in Set(ratings.map(\.item)) {
                    if let entry = try transaction.item(id: id) { items.insert(entry.key) }
                }
            }
            return (counts, try following(before, users: users, rated: items))
        }
    }

    /// Answers from another version from now on.
    ///
    /// - Returns: how many items had to be placed anew.
    public func activate(_ version: String) throws -> Int {
        let model = try TrainedModel.open(models, version: version)
        try model.verify()
        return try write { before, _ in
            let placed = try placement.placeWaiting(by: model)
            try models.activate(version)
            return (placed, try read(knowing: before, places: false))
        }
    }

    /// Trains beside the answers: `train` is given what runs the writing at its end, and the version that it activates is
    /// answered from before this returns. What changes meanwhile is in it.
    public func train(
        _ train: (@escaping TrainingPipeline.Exclusively) throws -> TrainingPipeline.Outcome
    ) throws -> TrainingPipeline.Outcome {
        try write { before, journal in
            journal = []
            return ((), before)
        }
        defer {
            try? write { before, journal in
                journal = nil; return ((), before)
            }
        }
        return try train { publish in
            try self.write { before, journal in
                try publish(journal ?? [])
                return ((), try self.read(knowing: before, places: true))
            }
        }
    }

    /// The state after an item came or changed.
    ///
    /// - Parameter wasWaiting: whether the catalogue had it before, without a place.
    private func following(
        _ before: ServingState, changed id: String, wasWaiting: Bool = false
    ) throws -> ServingState {
        let entries = try workspace.catalogue.items(ids: [id])
        return try before.following(
            self, histories: before.histories, items: Set(entries.map(\.key)), entries: entries,
            unplaced: wasWaiting ? -1 : 0)
    }

    /// The state after users changed or rated items.
    private func following(
        _ before: ServingState, users: [Int64: User], rated: Set<Int64> = []
    ) throws -> ServingState {
        let store = workspace.catalogue
        let histories = try before.histories.rereading(users.keys, from: store, users: users)
        let items = before.new(rated).union(before.itemsMoved(byUsers: users.keys, histories))
        return try before.following(
            self, histories: histories, items: items, entries: try before.entries(of: items, store))
    }
}

extension ServingState {
    /// Those of the items that ratings have not placed.
    fileprivate func new(_ keys: Set<Int64>) -> Set<Int64> {
        guard let snapshot = recommender?.snapshot else { return [] }
        return keys.filter { key in snapshot.row(ofKey: key).map { snapshot.items[$0].isNew } ?? false }
    }

    /// New items that stand elsewhere because of who rated them: those of users whom the model does not know, as such a user
    /// stands where all his ratings put him.
    fileprivate func itemsMoved(byUsers keys: some Sequence<Int64>, _ histories: UserHistories) -> Set<Int64>
    {
        guard let snapshot = recommender?.snapshot else { return [] }
        return new(
            keys.reduce(into: []) { items, key in
                guard let user = histories.user(key: key), snapshot.row(ofUser: user.id) == nil else {
                    return
                }
                items.formUnion(histories.ratings(ofUser: key).map(\.itemKey))
            })
    }

    /// The items of some keys, all of which have a place, as the store has them.
    fileprivate func entries(of keys: Set<Int64>, _ store: some CatalogueStore) throws -> [StoredItem] {
        guard let snapshot = recommender?.snapshot else { return [] }
        return try store.items(
            ids: keys.sorted().compactMap { key in snapshot.row(ofKey: key).map { snapshot.items[$0].item.id }
            })
    }
}
