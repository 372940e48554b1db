import Diagnostics
import FloatKernels

/// A scoring network, what it learns from, and the space that it becomes.
final class NetworkTraining {
    private let network: ScoreNetwork
    private let batch: NetworkBatch
    private var examples: any NetworkExamples
    private let loss: NetworkLoss
    private let userFields: CategoricalFields
    private let userCodes, itemCodes: CompressedRows
    /// What squared scores are relative to.
    private let mean: Float
    /// Users and items of whom there are ratings.
    private let rated: (users: [Int], items: [Int])
    private var generator: RandomGenerator

    init(_ model: NeuralCollaborativeFiltering, _ data: CollaborativeData, seed: UInt64) {
        generator = RandomGenerator(seed: seed, stream: 40)
        loss = model.loss
        userFields = CategoricalFields(learnedFrom: data.users)
        userCodes = userFields.encode(data.users)
        itemCodes = CategoricalFields(learnedFrom: data.items).encode(data.items)
        let shape = NetworkShape(
            users: .init(
                count: data.users.count, codeCount: userCodes.columns,
                width: model.userDimensions ?? max(1, 3 * model.dimensions / 4),
                codeWidth: model.attributeDimensions),
            items: .init(
                count: data.items.count, codeCount: itemCodes.columns, width: model.dimensions,
                codeWidth: model.attributeDimensions),
            hidden: model.layers ?? loss.widths)
        rated = Self.rated(data.interactions)
        network = ScoreNetwork(shape, weightDecay: model.weightDecay ?? loss.weightDecay, using: &generator)
        batch = NetworkBatch(shape, loss: loss, userCodes: userCodes, itemCodes: itemCodes)
        let start = StartingBiases(data.interactions, loss: loss, negatives: model.negatives)
        mean = start.mean
        network.keepIDs(of: rated)
        network.set(start.users, at: shape.user.biases)
        network.set(start.items, at: shape.item.biases)
        let size = model.batchSize ?? Self.batchSize(ratings: data.interactions.count)
        switch loss {
        case .logistic:
            examples = SampledLikes(
                data.interactions, negatives: model.negatives, otherPreference: model.otherPreference,
                batchSize: size)
        case .squared:
            examples = ShiftedRatings(
                data.interactions, less: start.mean, batchSize: Self.unsampledFactor * size)
        }
    }

    /// At most 512, and so few that a pass over the ratings is 200 steps, but not below 16.
    private static func batchSize(ratings: Int) -> Int { min(512, max(16, ratings / 200)) }
    /// Where nothing is drawn for a rating, so many times as many make a batch.
    private static let unsampledFactor = 8

    private static func rated(_ interactions: InteractionMatrix) -> (users: [Int], items: [Int]) {
        var isRated = [Bool](repeating: false, count: interactions.itemCount)
        for item in interactions.ratings.columnIndices { isRated[Int(item)] = true }
        let users = (0..<interactions.userCount).filter { !interactions.ratings.entries(ofRow: $0).isEmpty }
        return (users, isRated.indices.filter { isRated[$0] })
    }

    /// Passes over the examples.
    ///
    /// - Throws: `Diagnostic.interrupted`, at the end of a batch.
    func run(epochs: Int, rate: Float, pool: ThreadPool, monitor: WorkMonitor) throws {
        var pairs = LabelledPairs()
        try monitor.begin(epochs: epochs)
        for epoch in 0..<epochs {
            let batches = examples.begin(using: &generator)
            var (sum, count) = (0.0, 0)
            for number in 0..<batches {
                try monitor.check()
                pairs.removeAll()
                examples.fill(&pairs, batch: number, using: &generator)
                let progress = (Float(epoch) + Float(number) / Float(batches)) / Float(epochs)
                sum += network.step(batch, pairs, rate: rate * (1 - progress), pool: pool)
                count += pairs.count
            }
            try monitor.report(epoch: epoch + 1, of: epochs, "loss", sum / Double(max(count, 1)))
        }
    }

    /// The space of what was learned: rows and tastes in the canonical gauge, and layers that read these rows.
    func space(_ interactions: InteractionMatrix, pool: ThreadPool) throws -> CollaborativeSpace {
        let shape = network.shape
        let vectors = network.inputs(shape.item, codes: itemCodes)
        let layers = scoringLayers
        let tastes = LinearTastes.fit(layers, vectors: vectors, rows: rated.items, pool: pool)
        let own = network.values(at: shape.item.biases, count: shape.item.count).map { $0 + mean }
        let gauge = try CanonicalGauge(
            users: tastes,
            items: ItemTable(
                vectors: vectors, biases: layers.meanScores(of: vectors, biases: own, pool: pool)),
            pool: pool)
        var layersInGauge = layers.reading(rowsTimes: gauge.factor)
        layersInGauge.encoder = InputEncoder(
            fields: userFields, codes: layers.encoder.codes, tastes: gauge.users, inputs: layers.inputs,
            rated: rated.users, pool: pool)
        return CollaborativeSpace(
            items: gauge.items, users: gauge.users,
            userBiases: [Float](repeating: 0, count: shape.user.count),
            encoder: CalibratedEncoder(
                users: gauge.users, vectors: gauge.items.vectors, interactions: interactions, pool: pool),
            layers: layersInGauge)
    }

    /// The layers as they read rows that are in no gauge yet; later users cannot be encoded.
    private var scoringLayers: ScoringLayers {
        let shape = network.shape
        let (user, item, hidden) = (shape.user, shape.item, shape.hidden[0])
        let rows = network.inputs(user, codes: userCodes)
        let biases = network.values(at: user.biases, count: user.count)
        return ScoringLayers(
            inputs: Matrix(
                rows: user.count, columns: user.width + 1,
                elements: biases.indices.flatMap { rows.row($0) + [biases[$0]] }),
            userWeights: network.matrix(at: user.weights, rows: user.width, columns: hidden),
            itemWeights: network.matrix(at: item.weights, rows: item.width, columns: hidden),
            products: network.matrix(at: shape.products, rows: user.width, columns: item.width),
            firstBiases: network.values(at: shape.firstBiases, count: hidden),
            deeper: shape.deeper.map {
                .init(
                    weights: network.matrix(at: $0.weights, rows: $0.inputs, columns: $0.outputs),
                    biases: network.values(at: $0.biases, count: $0.outputs))
            },
            output: network.values(at: shape.output, count: shape.count - shape.output),
            encoder: InputEncoder(
                fields: userFields,
                codes: network.matrix(at: user.codes, rows: user.codeCount, columns: user.codeWidth),
                map: Matrix(rows: 0, columns: 0)))
    }
}
