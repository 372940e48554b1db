import FloatKernels
import NeuralNetwork

/// The training of a gated recurrent network: truncated propagation back through time, batches of users of similar length.
final class RecurrentTraining {
    private let model: GatedRecurrentNetwork
    private let histories: OrderedHistories
    private let seed: UInt64
    private let pool: ThreadPool
    private let layers: RecurrentLayers
    private let itemLayer: ItemLayer
    private let descent: ParallelDescent
    private let workers: [Worker]
    private let schedule: LearningRateSchedule
    private let fadings: [Float]

    /// What one thread works with.
    private final class Worker {
        let pass: RecurrentPass
        let loss: any ItemLoss
        let gradients = FloatBuffer(0)
        var targets = SoftmaxTargets()
        var steps: PackedSteps?

        init(_ layers: RecurrentLayers, loss: any ItemLoss) {
            pass = RecurrentPass(layers)
            self.loss = loss
        }
    }

    init(
        _ model: GatedRecurrentNetwork, _ histories: OrderedHistories, itemCount: Int, seed: UInt64,
        pool: ThreadPool
    ) {
        (self.model, self.histories, self.seed, self.pool) = (model, histories, seed, pool)
        var table = ParameterTable()
        let layers = RecurrentLayers(dimensions: model.dimensions, width: model.width, in: &table)
        let items = ItemLayer(count: itemCount, dimensions: model.dimensions, in: &table)
        var start = ParameterStore(table, seed: seed)
        items.startBiases(&start.values, histories)
        (self.layers, itemLayer) = (layers, items)
        descent = ParallelDescent(start, weightDecay: model.weightDecay, pool: pool)
        workers = (0..<pool.threads).map { _ in
            Worker(
                layers, loss: itemLoss(histories, itemCount: itemCount, dimensions: model.dimensions))
        }
        schedule = LearningRateSchedule(peak: model.learningRate, warmUp: 0.1)
        fadings = (0..<model.window).map { power(model.fading, Float($0)) }
    }

    /// All parameters, those of the layers first.
    var values: [Float] { descent.values }
    /// The item table.
    var items: ItemTable { itemLayer.table(descent.values) }

    /// Users in a batch: enough for large products, few enough for many steps.
    private var usersPerBatch: Int { min(max(histories.userCount / 24, 8), 128) }

    /// One pass over all sequences; returns the mean loss of what was to be foreseen.
    func runEpoch(_ epoch: Int) -> Double {
        var generator = RandomGenerator(seed: seed ^ 0x6772_75, stream: UInt64(epoch))
        let histories = histories.shufflingUntimed(using: &generator)
        let batches = SequenceBatches(
            histories, longest: model.longest, usersPerBatch: usersPerBatch, workers: pool.threads,
            using: &generator
        ).batches
        var (loss, weight) = (0.0, 0.0)
        for (number, batch) in batches.enumerated() {
            let rate = schedule.rate(
                step: epoch * batches.count + number, of: model.epochs * batches.count)
            for (worker, ranges) in zip(workers, batch) { worker.pass.start(users: ranges.count) }
            // The last entry of a sequence is foreseen, and foresees nothing.
            let longest = batch.reduce(0) { max($0, $1.first?.count ?? 0) } - 1
            for start in stride(from: 0, to: longest, by: model.chunk) {
                let steps = start..<min(start + model.chunk, longest)
                let (own, ownWeight) = run(
                    steps, of: batch, histories, rate: rate, stepSeed: generator.next())
                loss += own
                weight += ownWeight
            }
        }
        return weight > 0 ? loss / weight : 0
    }

    /// One step of the descent, on some steps of all sequences of a batch.
    private func run(
        _ range: Range<Int>, of batch: [[Range<Int>]], _ histories: OrderedHistories, rate: Float,
        stepSeed: UInt64
    ) -> (loss: Double, weight: Double) {
        for (worker, ranges) in zip(workers, batch) {
            let steps = PackedSteps(histories, ranges, steps: range)
            worker.steps = steps
            worker.targets.removeAll()
            addTargets(steps, ranges, range.lowerBound, histories, to: &worker.targets)
        }
        let weight = workers.reduce(0) { $0 + Double($1.targets.weights.reduce(0, +)) }
        guard weight > 0 else { return (0, 0) }
        let scale = Float(1 / weight)
        let loss = descent.step(rate: rate) { number, parameters, gradient in
            let worker = workers[number]
            guard let steps = worker.steps, steps.rows > 0 else { return 0 }
            let outputs = worker.pass.forward(
                steps, vectors: parameters + itemLayer.vectors, parameters,
                dropout: (model.dropout, RandomGenerator(seed: stepSeed, stream: UInt64(number))))
            var draws = RandomGenerator(seed: stepSeed, stream: UInt64(workers.count + number))
            let gradients = worker.gradients.reserve(steps.rows * model.dimensions)
            let loss = worker.loss.run(
                itemLayer.pointers(parameters), users: outputs, worker.targets, scale: scale,
                tableGradient: itemLayer.pointers(gradient), into: gradients, using: &draws)
            worker.pass.backward(
                steps, outputGradient: gradients, parameters, gradient: gradient,
                vectorGradient: gradient + itemLayer.vectors)
            worker.pass.carry(steps)
            return loss
        }
        return (loss, weight)
    }

    /// For each row the ratings that follow, the nearest first.
    private func addTargets(
        _ steps: PackedSteps, _ ranges: [Range<Int>], _ first: Int, _ histories: OrderedHistories,
        to targets: inout SoftmaxTargets
    ) {
        for (step, count) in steps.active.enumerated() {
            for row in 0..<count {
                let place = steps.places[steps.starts[step] + row]
                let following = place + 1..<min(place + 1 + model.window, ranges[row].upperBound)
                for next in following {
                    let weight = fadings[next - place - 1] * (histories.isLiked[next] ? 1 : model.otherWeight)
                    if weight > 0 { targets.add(histories.items[next], weight: weight) }
                }
                targets.endRow(seen: histories.items[histories.start(ofEntry: place)...place])
            }
        }
    }
}
