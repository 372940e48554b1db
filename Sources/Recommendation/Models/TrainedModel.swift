public import CollaborativeFiltering
public import ContentProjection
import Diagnostics
import FloatKernels
import NeuralNetwork

/// A model version as it is read from its file; parts are read when they are asked for.
public struct TrainedModel: Sendable {
    /// How the version was made.
    public let card: ModelCard
    private let file: TensorFile
    private let store: ModelStore

    /// Opens a version of the store, the active one if none is named.
    ///
    /// - Throws: here and below, `model.…` for a version that cannot be used, with the way out.
    public static func open(_ store: ModelStore, version: String? = nil) throws -> TrainedModel {
        let name = try version ?? store.requireCurrent()
        let card = try store.card(name)
        let file = try store.open(name)
        try store.require(file, of: card)
        return TrainedModel(card: card, file: file, store: store)
    }

    /// Items and users as the collaborative model placed them.
    public func collaborative() throws -> LearnedSpace { try reading { try LearnedSpace(from: file) } }

    /// What the first ratings of an item are worth, for the model's `learned` space.
    func foldIn(_ learned: LearnedSpace) throws -> ItemFoldIn {
        try reading {
            try ItemFoldIn(
                from: file, outputs: learned.space.items.dimensions + 1, users: learned.userIDs.count)
        }
    }

    /// Where users belong before their first rating, for the model's `learned` space; nil in models of before there was that.
    func userPrior(_ learned: LearnedSpace) throws -> UserPrior? {
        try reading { try UserPrior(from: file, dimensions: learned.space.items.dimensions) }
    }

    /// What items' content was when the version was made; nil in models of before there was that.
    func contentDigests() throws -> ContentDigests? { try reading { try ContentDigests(from: file) } }

    /// The content projection; large, and only needed to place new items.
    public func projection() throws -> ContentProjection { try reading { try ContentProjection(from: file) } }

    private func reading<Part>(_ part: () throws -> Part) throws -> Part {
        try store.explaining(card.version, part)
    }

    /// Reads and verifies everything.
    public func verify() throws {
        try reading { try file.verifyAll() }
        let learned = try collaborative()
        _ = try foldIn(learned)
        _ = try userPrior(learned)
        _ = try projection()
        _ = try contentDigests()
    }
}

/// A collaborative space with the ids that its rows stand for.
public struct LearnedSpace: Sendable {
    /// Row r of the item table is `itemIDs[r]`.
    public var itemIDs: [String]
    /// Ratings of every item when it was learned.
    public var itemCounts: [Int]
    /// Row r of the users is `userIDs[r]`.
    public var userIDs: [String]
    /// Ratings of every user when they were learned: more since then means the user is encoded anew.
    public var userCounts: [Int]
    /// The vectors, and how later users get one.
    public var space: CollaborativeSpace
    /// The coordinates in which the vectors came, where another recommender learned them.
    public var original: OriginalGauge?

    func write(to file: inout TensorFileWriter) {
        file.add("items.ids", strings: itemIDs)
        file.add("items.counts", shape: [itemCounts.count], int32s: itemCounts.map(Int32.init))
        file.add("items.vectors", matrix: space.items.vectors)
        file.add("items.biases", shape: [space.items.count], floats: space.items.biases)
        file.add("users.ids", strings: userIDs)
        file.add("users.counts", shape: [userCounts.count], int32s: userCounts.map(Int32.init))
        file.add("users.vectors", matrix: space.users)
        file.add("users.biases", shape: [space.userBiases.count], floats: space.userBiases)
        for (name, matrix) in space.encoder?.tensors ?? [:] { file.add("encoder." + name, matrix: matrix) }
        for (name, matrix) in space.layers?.tensors ?? [:] { file.add("layers." + name, matrix: matrix) }
        if let original {
            file.add("original.factor", matrix: original.factor)
            file.add("original.mean", shape: [original.mean.count], floats: original.mean)
            file.add("original.has_biases", shape: [1], int32s: [original.hasBiases ? 1 : 0])
        }
    }

    init(
        itemIDs: [String], itemCounts: [Int], userIDs: [String], userCounts: [Int], space: CollaborativeSpace,
        original: OriginalGauge? = nil
    ) {
        self.itemIDs = itemIDs
        self.itemCounts = itemCounts
        self.userIDs = userIDs
        self.userCounts = userCounts
        self.space = space
        self.original = original
    }

    init(from file: TensorFile) throws {
        itemIDs = try file.strings("items.ids")
        userIDs = try file.strings("users.ids")
        itemCounts = try file.int32s("items.counts", shape: [itemIDs.count]).map(Int.init)
        userCounts = try file.int32s("users.counts", shape: [userIDs.count]).map(Int.init)
        let vectors = try file.matrix("items.vectors")
        let users = try file.matrix("users.vectors")
        try file.require(
            vectors.rows == itemIDs.count && users.rows == userIDs.count && vectors.columns == users.columns,
            "items.vectors", "fits the ids and the users")
        let tensors = try file.matrices(under: "layers.")
        let layers = ScoringLayers(tensors: tensors, users: users.rows, dimensions: vectors.columns)
        try file.require(layers != nil || tensors.isEmpty, "layers.inputs", "fits the layers and the users")
        space = CollaborativeSpace(
            items: ItemTable(
                vectors: vectors, biases: try file.floats("items.biases", shape: [itemIDs.count])),
            users: users, userBiases: try file.floats("users.biases", shape: [userIDs.count]),
            encoder: UserEncoders.restore(
                try file.matrices(under: "encoder."), dimensions: vectors.columns),
            layers: layers)
        if file.contains("original.factor") {
            let factor = try file.matrix("original.factor")
            try file.require(
                factor.rows == vectors.columns && factor.columns == vectors.columns, "original.factor",
                "fits the vectors")
            original = OriginalGauge(
                factor: factor, mean: try file.floats("original.mean", shape: [factor.rows]),
                hasBiases: try file.int32s("original.has_biases", shape: [1]) == [1])
        }
    }
}

extension TensorFile {
    /// All matrices whose name begins with `prefix`, by what follows.
    fileprivate func matrices(under prefix: String) throws -> [String: Matrix] {
        try Dictionary(
            uniqueKeysWithValues: names.filter { $0.hasPrefix(prefix) }.map { name in
                (String(name.dropFirst(prefix.count)), try matrix(name))
            })
    }
}
