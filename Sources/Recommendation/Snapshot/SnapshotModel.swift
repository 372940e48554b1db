import CollaborativeFiltering
import Diagnostics

/// The parts of a model version that answers are made from; all snapshots of the version share one.
final class SnapshotModel: Sendable {
    let version: String
    let learned: LearnedSpace
    let foldIn: ItemFoldIn
    let userPrior: UserPrior?
    /// Makes scores probabilities, see `SoftmaxScale`; nil with models of before there was that.
    let softmaxScale: Double?
    private let rowOfItem: [String: Int]
    private let rowOfUser: [String: Int]

    init(
        version: String, learned: LearnedSpace, foldIn: ItemFoldIn, userPrior: UserPrior?,
        softmaxScale: Double? = nil
    ) {
        self.version = version
        self.learned = learned
        self.foldIn = foldIn
        self.userPrior = userPrior
        self.softmaxScale = softmaxScale
        rowOfItem = Dictionary(uniqueKeysWithValues: learned.itemIDs.enumerated().map { ($1, $0) })
        rowOfUser = Dictionary(uniqueKeysWithValues: learned.userIDs.enumerated().map { ($1, $0) })
    }

    convenience init(_ model: TrainedModel) throws {
        let learned = try model.collaborative()
        self.init(
            version: model.card.version, learned: learned, foldIn: try model.foldIn(learned),
            userPrior: try model.userPrior(learned), softmaxScale: model.card.softmaxScale)
    }

    /// The row among learned items.
    func row(ofItem id: String) -> Int? { rowOfItem[id] }

    /// The row among learned users.
    func row(ofUser id: String) -> Int? { rowOfUser[id] }
}
