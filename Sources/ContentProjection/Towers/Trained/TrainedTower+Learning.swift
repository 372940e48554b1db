import Diagnostics
import FloatKernels
import NeuralNetwork

extension TrainedTower {
    /// Fewer items than this teach a network nothing that the projection does not know.
    static let minimumItems = 50

    /// Trains the networks of all folds; nil where there are too few items, or nearly all fall into one fold.
    ///
    /// Targets are centred and scaled by one common deviation: squared error stays that of placements, so that
    /// directions which matter more to users go on counting more. Mean and deviation are those of all items, which
    /// keeps the outputs of the networks in one space.
    ///
    /// - Parameters:
    ///   - placements: items × outputs.
    ///   - startingWords: words × dimensions, where the embedding starts; nil for no text branch.
    /// - Throws: `Diagnostic.interrupted`, or `network.diverged`.
    static func learn(
        from content: TowerContent, _ layout: MetadataLayout, placements: Matrix, startingWords: Matrix?,
        epochs: Int, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> TrainedTower? {
        let posters = content.posters.compactMap { $0 }
        let training = (0..<CrossFitting.folds).map { fold in
            content.folds.indices.filter { content.folds[$0] != fold }
        }
        guard content.folds.count >= minimumItems,
            training.allSatisfy({ $0.count >= content.folds.count / 2 })
        else { return nil }
        let network = TowerNetwork(
            .init(
                metadata: layout.count, vocabulary: startingWords?.rows ?? 0,
                readsPosters: posters.count >= PosterTower.minimumPosters, outputs: placements.columns))
        let scale = PosterScale(fitting: posters)
        var examples = content.examples(network, layout, scale)
        examples.targets = standardised(placements)
        let parameters = try training.enumerated().map { fold, rows in
            var generator = RandomGenerator(seed: seed, stream: 400 + UInt64(fold))
            var parameters = ParameterStore(network.network.table, seed: generator.next())
            if let startingWords { parameters.start(words: startingWords) }
            let options = options(fold: fold, epochs: epochs, seed: generator.next())
            try Trainer(network.network, loss: MeanSquaredError(), options: options, pool: pool)
                .train(&parameters, on: examples.selecting(rows), monitor: monitor)
            return parameters
        }
        return TrainedTower(network: network, parameters: parameters, layout: layout, posterScale: scale)
    }

    private static func options(fold: Int, epochs: Int, seed: UInt64) -> TrainingOptions {
        var options = TrainingOptions()
        options.epochs = epochs
        options.batchSize = 64
        options.schedule = LearningRateSchedule(peak: 0.002)
        options.optimiser = AdamW(weightDecay: 0.01)
        options.modalityDropout = TowerNetwork.modalityDropout
        options.seed = seed
        options.stage = "Training the network, fold \(fold + 1) of \(CrossFitting.folds)"
        return options
    }

    private static func standardised(_ placements: Matrix) -> Matrix {
        var result = placements.addingToRows(placements.columnMeans.map { -$0 })
        let squares = result.elements.reduce(0) { $0 + Double($1) * Double($1) }
        let deviation = (squares / Double(max(result.elements.count, 1))).squareRoot()
        let factor = deviation > 0 ? Float(1 / deviation) : 0
        for index in result.elements.indices { result.elements[index] *= factor }
        return result
    }
}

extension ParameterStore {
    /// Lets the leading dimensions of the embedding start as word vectors that are already known.
    fileprivate mutating func start(words: Matrix) {
        guard let row = table.rows.first(where: { $0.name == TowerNetwork.embeddingName }) else { return }
        let width = TowerNetwork.embeddingDimensions
        precondition(row.range.count == words.rows * width, "a vector for every word")
        for word in 0..<words.rows {
            for column in 0..<min(width, words.columns) {
                values[row.range.lowerBound + word * width + column] = words[word, column]
            }
        }
    }
}
