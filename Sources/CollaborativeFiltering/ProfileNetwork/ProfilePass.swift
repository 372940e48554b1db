package import FloatKernels

/// The profile network forward and backward over several users at once, with the memory that takes.
///
/// Axes: B users, I the length of the input, H the width of the hidden layer, d the length of an item's vector.
package final class ProfilePass {
    private let layers: ProfileLayers
    /// B × I: the input, and its gradient.
    private let inputs = FloatBuffer(0), inputGradients = FloatBuffer(0)
    /// B × H: the hidden layer, its gradient, and the factors of dropout.
    private let hidden = FloatBuffer(0), hiddenGradients = FloatBuffer(0), kept = FloatBuffer(0)
    /// B × d: the output, and the part of it that went around the hidden layer.
    private let outputs = FloatBuffer(0), around = FloatBuffer(0)

    /// Memory for a network of these layers.
    package init(_ layers: ProfileLayers) { self.layers = layers }

    /// The outputs, users × d.
    ///
    /// - Parameters:
    ///   - vectors: the item table's vectors.
    ///   - dropout: the probability that a hidden value is dropped, and what draws it.
    package func forward(
        _ users: ProfileRows, vectors: UnsafePointer<Float>, _ parameters: UnsafePointer<Float>,
        dropout: (probability: Float, generator: RandomGenerator)
    ) -> UnsafeMutablePointer<Float> {
        let (count, d) = (users.count, layers.dimensions)
        let inputs = gather(users, vectors, parameters)
        let hidden = hidden.reserve(count * layers.width), kept = kept.reserve(count * layers.width)
        layers.hidden.forward(inputs, rows: count, into: hidden, parameters)
        drawDropout(dropout.probability, into: kept, count: count * layers.width, dropout.generator)
        for i in 0..<count * layers.width {
            // The derivative of max(0, x) goes into the factor.
            if hidden[i] <= 0 { kept[i] = 0 }
            hidden[i] *= kept[i]
        }
        let outputs = outputs.reserve(count * d), around = around.reserve(count * d)
        layers.output.forward(hidden, rows: count, into: outputs, parameters)
        layers.around.forward(inputs, rows: count, into: around, parameters)
        addScaled(around, by: 1, to: outputs, count: count * d)
        return outputs
    }

    /// Adds to the gradients of the layers and of the items that were read.
    ///
    /// - Parameter outputGradient: users × d.
    package func backward(
        _ users: ProfileRows, outputGradient: UnsafePointer<Float>, _ parameters: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>, vectorGradient: UnsafeMutablePointer<Float>
    ) {
        let count = users.count
        let hiddenGradients = hiddenGradients.reserve(count * layers.width)
        layers.output.backward(
            hidden.start, outputGradient: outputGradient, rows: count, into: hiddenGradients, parameters,
            gradient: gradient)
        for i in 0..<count * layers.width { hiddenGradients[i] *= kept.start[i] }
        let inputGradients = inputGradients.reserve(2 * count * layers.inputs)
        let second = inputGradients + count * layers.inputs
        layers.hidden.backward(
            inputs.start, outputGradient: hiddenGradients, rows: count, into: inputGradients, parameters,
            gradient: gradient)
        layers.around.backward(
            inputs.start, outputGradient: outputGradient, rows: count, into: second, parameters,
            gradient: gradient)
        addScaled(second, by: 1, to: inputGradients, count: count * layers.inputs)
        scatter(inputGradients, users, vectorGradient, gradient)
    }

    /// The inputs of all users, B × I.
    private func gather(
        _ users: ProfileRows, _ vectors: UnsafePointer<Float>, _ parameters: UnsafePointer<Float>
    ) -> UnsafeMutablePointer<Float> {
        let (d, length) = (layers.dimensions, layers.inputs)
        let inputs = inputs.reserve(users.count * length)
        inputs.update(repeating: 0, count: users.count * length)
        users.items.withUnsafeBufferPointer { items in
            users.weights.withUnsafeBufferPointer { weights in
                guard let items = items.baseAddress, let weights = weights.baseAddress else { return }
                for pool in 0..<users.count * ProfileRows.pools {
                    let first = users.starts[pool]
                    addScaledRows(
                        of: vectors, stride: d, rows: items + first, by: weights + first,
                        entries: users.starts[pool + 1] - first, to: inputs + place(ofPool: pool), count: d)
                }
            }
        }
        for user in 0..<users.count {
            let extent = inputs + user * length + ProfileRows.pools * d
            for i in 0..<ProfileLayers.extentLength {
                extent[i] = users.extents[user * ProfileLayers.extentLength + i]
            }
            for value in users.codes[users.codeStarts[user]..<users.codeStarts[user + 1]] {
                addScaled(
                    parameters + embedding(value.code), by: value.weight,
                    to: inputs + user * length + field(value.field), count: ProfileLayers.embeddingLength)
            }
        }
        return inputs
    }

    /// The derivative of `gather`.
    private func scatter(
        _ gradients: UnsafePointer<Float>, _ users: ProfileRows, _ vectors: UnsafeMutablePointer<Float>,
        _ parameters: UnsafeMutablePointer<Float>
    ) {
        let d = layers.dimensions
        for pool in 0..<users.count * ProfileRows.pools {
            for entry in users.starts[pool]..<users.starts[pool + 1] {
                addScaled(
                    gradients + place(ofPool: pool), by: users.weights[entry],
                    to: vectors + Int(users.items[entry]) * d, count: d)
            }
        }
        for user in 0..<users.count {
            for value in users.codes[users.codeStarts[user]..<users.codeStarts[user + 1]] {
                addScaled(
                    gradients + user * layers.inputs + field(value.field), by: value.weight,
                    to: parameters + embedding(value.code), count: ProfileLayers.embeddingLength)
            }
        }
    }

    /// Where a pool, numbered through all users, starts in the inputs.
    private func place(ofPool pool: Int) -> Int {
        pool / ProfileRows.pools * layers.inputs + pool % ProfileRows.pools * layers.dimensions
    }

    private func embedding(_ code: Int) -> Int { layers.embeddings + code * ProfileLayers.embeddingLength }
    private func field(_ field: Int) -> Int { layers.attributeStart + field * ProfileLayers.embeddingLength }
}
