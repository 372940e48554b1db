public import FloatKernels

/// Encoders as tensors, so that a model file can hold them.
public enum UserEncoders {
    /// The encoder that wrote `tensors`; nil where they are not those of an encoder of `dimensions`.
    public static func restore(_ tensors: [String: Matrix], dimensions: Int) -> (any UserEncoder)? {
        CalibratedEncoder(tensors: tensors, dimensions: dimensions)
            ?? HalfStepEncoder(tensors: tensors, dimensions: dimensions)
            ?? ProfileEncoder(tensors: tensors, dimensions: dimensions)
            ?? RecurrentEncoder(tensors: tensors, dimensions: dimensions)
            ?? RatingEncoder(tensors: tensors, dimensions: dimensions)
    }
}

extension CollaborativeSpace {
    /// The vector of a user the model was not fitted to; where nothing is known that the encoder reads, what is believed
    /// beforehand, and without that the centre of all users.
    ///
    /// - Parameters:
    ///   - table: the item table as it stands now; the trained one by default.
    ///   - prior: what is believed of the user beforehand; nil lets the ratings speak alone.
    public func vector(
        of user: UserProfile, items table: ItemTable? = nil, prior: TastePrior? = nil
    ) -> [Float] {
        guard let encoder,
            !user.history.isEmpty || (encoder.readsAttributes && !user.attributes.isEmpty)
        else {
            return prior?.mean ?? [Float](repeating: 0, count: items.dimensions)
        }
        return encoder.vector(of: user, items: table ?? items, prior: prior)
    }
}

extension HalfStepEncoder {
    var tensors: [String: Matrix] {
        [
            "matrix": matrix,
            "right_side": Matrix(rows: 1, columns: rightSide.count, elements: rightSide),
            "weights": Matrix(
                rows: 1, columns: 3,
                elements: [weights.threshold, weights.likedConfidence, weights.otherPreference]),
        ]
    }

    init?(tensors: [String: Matrix], dimensions: Int) {
        guard let matrix = tensors["matrix"], let right = tensors["right_side"],
            let weights = tensors["weights"],
            matrix.rows == dimensions, matrix.columns == dimensions, right.elements.count == dimensions,
            weights.elements.count == 3
        else { return nil }
        self.init(
            weights: ImplicitWeights(
                threshold: weights.elements[0], likedConfidence: weights.elements[1],
                otherPreference: weights.elements[2]),
            matrix: matrix, rightSide: right.elements)
    }
}

extension CalibratedEncoder {
    var tensors: [String: Matrix] { halfStep.tensors.merging(["map": map]) { own, _ in own } }

    init?(tensors: [String: Matrix], dimensions: Int) {
        guard let map = tensors["map"], map.rows == dimensions + 1, map.columns == dimensions,
            let halfStep = HalfStepEncoder(tensors: tensors, dimensions: dimensions)
        else { return nil }
        self.init(halfStep: halfStep, map: map)
    }
}

extension RatingEncoder {
    var tensors: [String: Matrix] {
        [
            "penalty": penalty,
            "right_side": Matrix(rows: 1, columns: rightSide.count, elements: rightSide),
            "bias": Matrix(rows: 1, columns: 2, elements: [biasL2, meanBias]),
        ]
    }

    init?(tensors: [String: Matrix], dimensions: Int) {
        guard let penalty = tensors["penalty"], let right = tensors["right_side"], let bias = tensors["bias"],
            penalty.rows == dimensions, penalty.columns == dimensions, right.elements.count == dimensions,
            bias.elements.count == 2
        else { return nil }
        self.init(
            penalty: penalty, rightSide: right.elements, biasL2: bias.elements[0], meanBias: bias.elements[1])
    }
}
