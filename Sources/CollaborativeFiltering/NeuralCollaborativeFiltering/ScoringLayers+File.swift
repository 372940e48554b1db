public import FloatKernels

extension ScoringLayers {
    /// What a model file keeps; `init(tensors:users:dimensions:)` reads it back.
    public var tensors: [String: Matrix] {
        var result = [
            "inputs": inputs, "user_weights": userWeights, "item_weights": itemWeights,
            "products": products, "biases": Matrix(row: firstBiases), "output": Matrix(row: output),
            "encoder.codes": encoder.codes, "encoder.map": encoder.map,
        ]
        for (place, layer) in deeper.enumerated() {
            result["layer.\(place).weights"] = layer.weights
            result["layer.\(place).biases"] = Matrix(row: layer.biases)
        }
        return result.merging(encoder.fields.tensors.map { ("encoder." + $0, $1) }) { own, _ in own }
    }

    /// The layers that wrote `tensors`; nil where these are not those of layers for so many users and item vectors of
    /// `dimensions`.
    public init?(tensors: [String: Matrix], users: Int, dimensions: Int) {
        let fields = Dictionary(
            uniqueKeysWithValues: tensors.filter { $0.key.hasPrefix("encoder.") }
                .map { (String($0.key.dropFirst("encoder.".count)), $0.value) })
        guard let inputs = tensors["inputs"], let userWeights = tensors["user_weights"],
            let itemWeights = tensors["item_weights"], let products = tensors["products"],
            let biases = tensors["biases"], let output = tensors["output"],
            let codes = fields["codes"], let map = fields["map"],
            let names = CategoricalFields(tensors: fields)
        else { return nil }
        var (deeper, width) = ([Layer](), biases.columns)
        while let weights = tensors["layer.\(deeper.count).weights"],
            let biases = tensors["layer.\(deeper.count).biases"]
        {
            guard weights.rows == width, biases.columns == weights.columns else { return nil }
            deeper.append(Layer(weights: weights, biases: biases.elements))
            width = weights.columns
        }
        guard inputs.rows == users, inputs.columns == userWeights.rows + 1,
            userWeights.columns == biases.columns, itemWeights.rows == dimensions,
            itemWeights.columns == biases.columns, products.rows == userWeights.rows,
            products.columns == dimensions, output.columns == width, codes.rows == names.count,
            map.rows == dimensions + codes.columns + 1, map.columns + codes.columns == inputs.columns
        else { return nil }
        self.init(
            inputs: inputs, userWeights: userWeights, itemWeights: itemWeights, products: products,
            firstBiases: biases.elements, deeper: deeper, output: output.elements,
            encoder: InputEncoder(fields: names, codes: codes, map: map))
    }
}

extension Matrix {
    /// One row.
    fileprivate init(row: [Float]) { self.init(rows: 1, columns: row.count, elements: row) }
}
