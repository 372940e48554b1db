import FloatKernels
import NeuralNetwork

/// A trained profile network: reads what a user rated, and what is known of him.
struct ProfileEncoder: UserEncoder {
    private let layers: ProfileLayers
    private let table: ParameterTable
    private let fields: CategoricalFields
    private let parameters: [Float]
    private let likedFrom: Float

    var readsAttributes: Bool { true }
    var readsPriorStrength: Bool { false }

    /// Ratings after which what is believed beforehand and the network are even.
    private static let halfway: Float = 2

    /// Layers of `dimensions` and `width`, with their parameters, the first of `parameters`.
    init(
        dimensions: Int, width: Int, fields: CategoricalFields, parameters: [Float], likedFrom: Float
    ) {
        var table = ParameterTable()
        layers = ProfileLayers(
            dimensions: dimensions, width: width, codes: fields.count, fields: fields.fields.count,
            in: &table)
        self.table = table
        self.fields = fields
        self.parameters = Array(parameters.prefix(table.count))
        self.likedFrom = likedFrom
    }

    func vector(of user: UserProfile, items: ItemTable, prior: TastePrior?) -> [Float] {
        let vector = vectors(of: [user], items: items)
        return prior?.blended(with: vector, count: user.history.count, halfway: Self.halfway) ?? vector
    }

    /// The vectors of several users, one after another.
    func vectors(of users: [UserProfile], items: ItemTable) -> [Float] {
        precondition(items.dimensions == layers.dimensions, "the items are those of the encoder's space")
        let histories = OrderedHistories(histories: users.map(\.history), likedFrom: likedFrom)
        precondition(histories.items.allSatisfy { $0 < items.count }, "a history names rows of the table")
        var rows = ProfileRows()
        for (number, user) in users.enumerated() {
            let range = histories.entries(ofUser: number)
            rows.append(
                items: histories.items[range], isLiked: histories.isLiked[range],
                timed: range.upperBound - histories.timedStarts[number],
                attributes: fields.fieldCodes(of: user.attributes))
        }
        let pass = ProfilePass(layers)
        return items.vectors.elements.withUnsafeBufferPointer { vectors in
            parameters.withUnsafeBufferPointer { parameters in
                guard let vectors = vectors.baseAddress, let parameters = parameters.baseAddress else {
                    return []
                }
                let outputs = pass.forward(
                    rows, vectors: vectors, parameters, dropout: (0, RandomGenerator(seed: 0)))
                return Array(UnsafeBufferPointer(start: outputs, count: users.count * layers.dimensions))
            }
        }
    }

    /// The same encoder reading and writing vectors in the canonical gauge.
    func changed(to gauge: CanonicalGauge) -> ProfileEncoder {
        let change = GaugeChange(gauge)
        var values = parameters
        for layer in [layers.hidden, layers.around] {
            for pool in 0..<ProfileRows.pools {
                change.changeReading(
                    &values, at: layer.weights + pool * layers.dimensions * layer.outputs,
                    columns: layer.outputs)
            }
        }
        change.changeWriting(&values, at: layers.output.weights, rows: layers.width)
        change.changeWriting(&values, at: layers.around.weights, rows: layers.inputs)
        change.changeOffset(&values, at: layers.output.bias)
        change.changeDirection(&values, at: layers.around.bias)
        return ProfileEncoder(
            dimensions: layers.dimensions, width: layers.width, fields: fields, parameters: values,
            likedFrom: likedFrom)
    }

    var tensors: [String: Matrix] {
        table.tensors(parameters).merging(fields.tensors) { own, _ in own }.merging([
            "liked_from": Matrix(rows: 1, columns: 1, elements: [likedFrom])
        ]) { own, _ in own }
    }

    init?(tensors: [String: Matrix], dimensions: Int) {
        guard let width = tensors["output.weights"]?.rows, width > 0, tensors["around.weights"] != nil,
            let fields = CategoricalFields(tensors: tensors),
            let likedFrom = tensors["liked_from"]?.elements.first
        else { return nil }
        var table = ParameterTable()
        layers = ProfileLayers(
            dimensions: dimensions, width: width, codes: fields.count, fields: fields.fields.count,
            in: &table)
        guard let values = table.values(tensors) else { return nil }
        (self.table, self.fields, parameters, self.likedFrom) = (table, fields, values, likedFrom)
    }
}
