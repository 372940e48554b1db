import CollaborativeFiltering
import Diagnostics
import FloatKernels

/// The parts of a model version that answers are made from; all snapshots of the version share one.
final class SnapshotModel: Sendable {
    let version: String
    let learned: LearnedSpace
    let foldIn: ItemFoldIn
    let userPrior: UserPrior?
    /// Makes scores probabilities, see `SoftmaxScale`; nil with models of before there was that.
    let softmaxScale: Double?
    /// The squared length of the longest of the learned users' vectors.
    private let longestUser: Float
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
        longestUser = learned.space.users.longestRow
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

    /// How many ratings a learned item had at training; 0 of others.
    func ratings(ofItem id: String) -> Int { rowOfItem[id].map { learned.itemCounts[$0] } ?? 0 }

    /// The row among learned users.
    func row(ofUser id: String) -> Int? { rowOfUser[id] }

    /// The vector of a rater whom training has not seen, no longer than those of users whom it has: nobody says more about
    /// an item by rating others in a way that no user would.
    func shortened(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0) { $0 + $1 * $1 }
        guard length > longestUser, longestUser > 0 else { return vector }
        let share = (longestUser / length).squareRoot()
        return vector.map { share * $0 }
    }
}

extension Matrix {
    /// The squared length of the longest row; 0 of no rows.
    fileprivate var longestRow: Float {
        elements.withUnsafeBufferPointer { elements in
            guard let start = elements.baseAddress else { return 0 }
            return (0..<rows).reduce(0) { longest, row in
                let values = start + row * columns
                return max(longest, dotProduct(values, values, count: columns))
            }
        }
    }
}
