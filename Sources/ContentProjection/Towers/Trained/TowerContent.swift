import FloatKernels
import ItemContent

/// What the trained tower reads of items, before it is in a network's form.
struct TowerContent {
    let items: EncodedItems
    /// Numbers of the known words, in order; empty rows without a text tower.
    let words: [[Int32]]
    /// At the network's size.
    let posters: [RGBImage?]
    /// The fold of every item.
    let folds: [Int]

    init(_ records: [ContentRecord], _ tokens: TokenizedRecords, _ items: EncodedItems, words: TermWeighting?)
    {
        self.items = items
        self.words = tokens.descriptions.map { description in
            Array(
                description.lazy.compactMap { words?.index(of: $0).map(Int32.init) }
                    .prefix(TowerNetwork.maximumWords))
        }
        posters = records.map {
            $0.poster?.resampled(width: PosterTower.inputWidth, height: PosterTower.inputHeight)
        }
        folds = records.map(CrossFitting.fold)
    }

    func examples(_ network: TowerNetwork, _ layout: MetadataLayout, _ scale: PosterScale) -> TowerExamples {
        TowerExamples(
            network: network, metadata: layout.rows(items), words: words, posters: posters, scale: scale,
            rows: Array(folds.indices))
    }
}
