import FloatKernels
import NeuralNetwork

/// The training of a profile network: batches of examples, divided among the threads.
final class ProfileTraining {
    private let model: ProfileNetwork
    private let histories: OrderedHistories
    private let likedFrom: Float
    private let fields: CategoricalFields
    private let attributes: [[(field: Int, code: Int, weight: Float)]]
    private let seed: UInt64
    private let layers: ProfileLayers
    private let itemLayer: ItemLayer
    private let descent: ParallelDescent
    private let workers: [Worker]
    private let schedule: LearningRateSchedule

    /// What one thread works with.
    private final class Worker {
        let pass: ProfilePass
        let loss: any ItemLoss
        let gradients = FloatBuffer(0)
        var rows = ProfileRows()
        var targets = SoftmaxTargets()

        init(_ layers: ProfileLayers, loss: any ItemLoss) {
            pass = ProfilePass(layers)
            self.loss = loss
        }
    }

    init(_ model: ProfileNetwork, _ data: CollaborativeData, seed: UInt64, pool: ThreadPool) {
        (self.model, self.seed) = (model, seed)
        histories = OrderedHistories(data.interactions)
        likedFrom = data.interactions.positiveThreshold
        let fields = CategoricalFields(learnedFrom: data.users)
        self.fields = fields
        attributes = data.users.rows.map(fields.fieldCodes)
        var table = ParameterTable()
        let layers = ProfileLayers(
            dimensions: model.dimensions, width: model.width, codes: fields.count,
            fields: fields.fields.count, in: &table)
        let items = ItemLayer(
            count: data.interactions.itemCount, dimensions: model.dimensions, in: &table)
        var start = ParameterStore(table, seed: seed)
        items.startBiases(&start.values, histories)
        (self.layers, itemLayer) = (layers, items)
        descent = ParallelDescent(start, weightDecay: model.decay(users: data.users.count), pool: pool)
        let histories = histories
        workers = (0..<pool.threads).map { _ in
            Worker(
                layers, loss: itemLoss(histories, itemCount: items.count, dimensions: model.dimensions))
        }
        schedule = LearningRateSchedule(peak: model.learningRate, warmUp: 0.1)
    }

    /// The item table as it is now.
    var items: ItemTable { itemLayer.table(descent.values) }
    /// The encoder as it is now.
    var encoder: ProfileEncoder {
        ProfileEncoder(
            dimensions: model.dimensions, width: model.width, fields: fields, parameters: descent.values,
            likedFrom: likedFrom)
    }

    /// Examples in a batch: enough for large products, few enough for many steps.
    private var batchSize: Int { min(max(histories.userCount * model.examples / 24, 8), 256) }

    /// One pass over all users; returns the mean loss of what was asked for.
    func runEpoch(_ epoch: Int) -> Double {
        var generator = RandomGenerator(seed: seed ^ 0x7072_6f66_696c_65, stream: UInt64(epoch))
        var users = (0..<histories.userCount).filter { !histories.entries(ofUser: $0).isEmpty }
            .flatMap { [Int](repeating: $0, count: model.examples) }
        generator.shuffle(&users)
        let batches = (users.count + batchSize - 1) / batchSize
        var (loss, weight) = (0.0, 0.0)
        for batch in 0..<batches {
            let rate = schedule.rate(step: epoch * batches + batch, of: model.epochs * batches)
            let start = batch * batchSize
            let (own, ownWeight) = run(
                users[start..<min(start + batchSize, users.count)], rate: rate, stepSeed: generator.next())
            loss += own
            weight += ownWeight
        }
        return weight > 0 ? loss / weight : 0
    }

    /// One step of the descent.
    private func run(
        _ users: ArraySlice<Int>, rate: Float, stepSeed: UInt64
    ) -> (loss: Double, weight: Double) {
        for (number, worker) in workers.enumerated() {
            worker.rows.removeAll()
            worker.targets.removeAll()
            let (first, count) = (users.startIndex, users.count)
            let own = first + number * count / workers.count..<first + (number + 1) * count / workers.count
            var generator = RandomGenerator(seed: stepSeed, stream: UInt64(number))
            for user in users[own] { draw(user, for: worker, using: &generator) }
        }
        let weight = workers.reduce(0) { $0 + Double($1.targets.weights.reduce(0, +)) }
        guard weight > 0 else { return (0, 0) }
        let loss = descent.step(rate: rate) { number, parameters, gradient in
            let worker = workers[number]
            guard worker.rows.count > 0 else { return 0 }
            let outputs = worker.pass.forward(
                worker.rows, vectors: parameters + itemLayer.vectors, parameters,
                dropout: (
                    model.dropout, RandomGenerator(seed: stepSeed, stream: UInt64(workers.count + number))
                ))
            var draws = RandomGenerator(seed: stepSeed, stream: UInt64(2 * workers.count + number))
            let gradients = worker.gradients.reserve(worker.rows.count * model.dimensions)
            let loss = worker.loss.run(
                itemLayer.pointers(parameters), users: outputs, worker.targets, scale: Float(1 / weight),
                tableGradient: itemLayer.pointers(gradient), into: gradients, using: &draws)
            worker.pass.backward(
                worker.rows, outputGradient: gradients, parameters, gradient: gradient,
                vectorGradient: gradient + itemLayer.vectors)
            return loss
        }
        return (loss, weight)
    }

    /// Adds an example of a user to a worker's batch, unless it asks for nothing.
    private func draw(_ user: Int, for worker: Worker, using generator: inout RandomGenerator) {
        let example = ProfileExample(histories, user: user, model.exampleSettings, using: &generator)
        guard !example.wanted.isEmpty else { return }
        let isHidden = generator.uniform() < model.hiddenAttributes
        worker.rows.append(
            items: example.items, isLiked: example.isLiked, timed: example.timed,
            attributes: isHidden ? [] : attributes[user])
        for (place, weight) in example.wanted {
            worker.targets.add(histories.items[place], weight: weight)
        }
        worker.targets.endRow(seen: example.items)
    }
}
