import FloatKernels
import NeuralNetwork

/// A trained gated recurrent network, run over a user's history.
struct RecurrentEncoder: UserEncoder {
    private let layers: RecurrentLayers
    private let table: ParameterTable
    private let parameters: [Float]
    private let likedFrom: Float

    var readsPriorStrength: Bool { false }

    /// Ratings of a long history that are read: the last ones.
    private static let longest = 1_000
    /// Steps that are taken with one memory.
    private static let chunk = 100
    /// Ratings after which what is believed beforehand and the network are even.
    private static let halfway: Float = 2

    /// Layers of `dimensions` and `width`, with their parameters, the first of `parameters`.
    init(dimensions: Int, width: Int, parameters: [Float], likedFrom: Float) {
        var table = ParameterTable()
        layers = RecurrentLayers(dimensions: dimensions, width: width, in: &table)
        self.table = table
        self.parameters = Array(parameters.prefix(table.count))
        self.likedFrom = likedFrom
    }

    func vector(of user: UserProfile, items: ItemTable, prior: TastePrior?) -> [Float] {
        guard !user.history.isEmpty else {
            return prior?.mean ?? [Float](repeating: 0, count: items.dimensions)
        }
        let histories = OrderedHistories(histories: [user.history], likedFrom: likedFrom)
        let vector = vectors(of: histories, users: 0..<1, items: items)
        return prior?.blended(with: vector, count: user.history.count, halfway: Self.halfway) ?? vector
    }

    /// The vectors of several users, one after another.
    func vectors(of histories: OrderedHistories, users: Range<Int>, items: ItemTable) -> [Float] {
        precondition(items.dimensions == layers.dimensions, "the items are those of the encoder's space")
        let ranges = users.map { histories.entries(ofUser: $0).suffix(Self.longest) }
        let order = ranges.indices.sorted { (ranges[$1].count, $0) < (ranges[$0].count, $1) }
        let sorted = order.map { ranges[$0] }
        var result = [Float](repeating: 0, count: users.count * layers.dimensions)
        let pass = RecurrentPass(layers)
        pass.start(users: users.count)
        items.vectors.elements.withUnsafeBufferPointer { vectors in
            parameters.withUnsafeBufferPointer { parameters in
                guard let vectors = vectors.baseAddress, let parameters = parameters.baseAddress else {
                    return
                }
                for start in stride(from: 0, to: sorted.first?.count ?? 0, by: Self.chunk) {
                    let steps = PackedSteps(histories, sorted, steps: start..<start + Self.chunk)
                    precondition(
                        steps.items.allSatisfy { $0 < items.count }, "a history names rows of the table")
                    pass.advance(steps, vectors: vectors, parameters)
                }
                result.withUnsafeMutableBufferPointer { result in
                    guard let result = result.baseAddress else { return }
                    for (row, user) in order.enumerated() {
                        layers.output.forward(
                            pass.finalState(ofUser: row), rows: 1, into: result + user * layers.dimensions,
                            parameters)
                    }
                }
            }
        }
        return result
    }

    /// The same encoder reading and writing vectors in the canonical gauge.
    func changed(to gauge: CanonicalGauge) -> RecurrentEncoder {
        let change = GaugeChange(gauge)
        var values = parameters
        for block in 0..<2 {
            change.changeReading(
                &values, at: layers.input.weights + block * layers.dimensions * layers.input.outputs,
                columns: layers.input.outputs)
        }
        change.changeWriting(&values, at: layers.output.weights, rows: layers.width)
        change.changeOffset(&values, at: layers.output.bias)
        return RecurrentEncoder(
            dimensions: layers.dimensions, width: layers.width, parameters: values, likedFrom: likedFrom)
    }

    var tensors: [String: Matrix] {
        table.tensors(parameters).merging([
            "liked_from": Matrix(rows: 1, columns: 1, elements: [likedFrom])
        ]) { own, _ in own }
    }

    init?(tensors: [String: Matrix], dimensions: Int) {
        guard let width = tensors["recurrent.weights"]?.rows, width > 0,
            let likedFrom = tensors["liked_from"]?.elements.first
        else { return nil }
        var table = ParameterTable()
        layers = RecurrentLayers(dimensions: dimensions, width: width, in: &table)
        guard let values = table.values(tensors) else { return nil }
        (self.table, parameters, self.likedFrom) = (table, values, likedFrom)
    }
}
