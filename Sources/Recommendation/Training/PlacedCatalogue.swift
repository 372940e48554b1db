import Catalogue
import CollaborativeFiltering
import ContentProjection
import FloatKernels

/// A catalogue with the collaborative space in which its items and users have places, whoever learned it: what content is
/// fitted to.
struct PlacedCatalogue {
    let catalogue: RatedCatalogue
    let learned: LearnedSpace
    let userPrior: UserPrior
    /// What users' attributes are worth; nil where users have none.
    let attributes: ProfileReport?
    /// Items of the catalogue that have a place in the space: row there, row among the rated ones.
    let rows: [(learned: Int, catalogue: Int)]
    /// The users of the catalogue in the space, users × d.
    let users: Matrix
    /// The places, one of `rows` a row.
    let targets: ProjectionTargets

    init(
        _ catalogue: RatedCatalogue, _ learned: LearnedSpace, _ userPrior: UserPrior,
        _ attributes: ProfileReport?
    ) {
        self.catalogue = catalogue
        self.learned = learned
        self.userPrior = userPrior
        self.attributes = attributes
        rows = learned.rows(of: catalogue)
        users = learned.userVectors(of: catalogue, userPrior)
        let counts = catalogue.itemCounts
        targets = ProjectionTargets(
            vectors: learned.space.items.vectors.selectingRows(rows.map(\.learned)),
            biases: rows.map { learned.space.items.biases[$0.learned] },
            counts: rows.map { counts[$0.catalogue] })
    }

    /// Items without a place in the space.
    var waiting: [StoredItem] {
        let placed = Set(learned.itemIDs)
        return (catalogue.unrated + catalogue.rated).filter { !placed.contains($0.item.id) }
    }
}

extension RatedCatalogue {
    /// What was learned from, for a model's card.
    var counts: ModelCard.Data {
        let items = rated.map(\.item) + unrated.map(\.item)
        return ModelCard.Data(
            users: userCounts.count { $0 > 0 }, items: items.count, ratedItems: itemCounts.count { $0 > 0 },
            ratings: interactions.count, posters: items.count { $0.poster != nil },
            descriptions: items.count { !$0.description.isEmpty },
            positiveThreshold: interactions.positiveThreshold)
    }
}
