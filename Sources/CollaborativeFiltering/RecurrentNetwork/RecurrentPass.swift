package import FloatKernels

/// The gated recurrent unit forward and backward over several users at once, with the memory that takes.
///
/// Axes: P rows of all steps, B users, H the width of the state, d the length of an item's vector.
package final class RecurrentPass {
    private let layers: RecurrentLayers
    /// P × 2d: the inputs.
    private let inputs = FloatBuffer(0)
    /// P × 3H: z, r and n, then the gradient of a.
    private let gates = FloatBuffer(0)
    /// P × 3H: g, then its gradient.
    private let products = FloatBuffer(0)
    /// P × H: the states before and after each step, and the gradients of those after.
    private let before = FloatBuffer(0), states = FloatBuffer(0), stateGradients = FloatBuffer(0)
    /// P × d: the outputs, and the gradient of the inputs after use.
    private let outputs = FloatBuffer(0)
    private let inputGradients = FloatBuffer(0)
    /// P × H: what dropout leaves of the states, as a factor.
    private let kept = FloatBuffer(0), thinned = FloatBuffer(0)
    /// B × H: the state before the first step.
    private let initial = FloatBuffer(0)
    private var isThinned = false

    /// Memory for a network of these layers.
    package init(_ layers: RecurrentLayers) { self.layers = layers }

    /// Lets `users` users start with a state of zeros.
    package func start(users: Int) {
        let count = users * layers.width
        initial.reserve(count).update(repeating: 0, count: count)
    }

    /// The outputs of all rows, rows × d.
    ///
    /// - Parameters:
    ///   - vectors: the item table's vectors.
    ///   - dropout: the probability that a value of a state is hidden from the output, and what draws it.
    package func forward(
        _ steps: PackedSteps, vectors: UnsafePointer<Float>, _ parameters: UnsafePointer<Float>,
        dropout: (probability: Float, generator: RandomGenerator)? = nil
    ) -> UnsafeMutablePointer<Float> {
        runSteps(steps, vectors, parameters)
        let outputs = outputs.reserve(steps.rows * layers.dimensions)
        layers.output.forward(
            thin(states.start, steps.rows, dropout), rows: steps.rows, into: outputs, parameters)
        return outputs
    }

    /// Goes through the steps, from where the last ones ended, without outputs.
    package func advance(
        _ steps: PackedSteps, vectors: UnsafePointer<Float>, _ parameters: UnsafePointer<Float>
    ) {
        runSteps(steps, vectors, parameters)
        carry(steps)
    }

    private func runSteps(
        _ steps: PackedSteps, _ vectors: UnsafePointer<Float>, _ parameters: UnsafePointer<Float>
    ) {
        let width = layers.width
        let gates = gates.reserve(steps.rows * 3 * width)
        let products = products.reserve(steps.rows * 3 * width)
        let states = states.reserve(steps.rows * width), before = before.reserve(steps.rows * width)
        let inputs = gather(steps, vectors)
        layers.input.forward(inputs, rows: steps.rows, into: gates, parameters)
        for (step, count) in steps.active.enumerated() {
            let first = steps.starts[step]
            let earlier = step == 0 ? initial.start : states + steps.starts[step - 1] * width
            (before + first * width).update(from: earlier, count: count * width)
            layers.recurrent.forward(
                before + first * width, rows: count, into: products + first * 3 * width, parameters)
            for row in 0..<count {
                let place = first + row
                advance(
                    gates + place * 3 * width, products + place * 3 * width, from: before + place * width,
                    to: states + place * width)
            }
        }
    }

    /// Adds to the gradients of the layers and of the items that were read. The states before the first step count as given:
    /// propagation is truncated there.
    ///
    /// - Parameter outputGradient: rows × d.
    package func backward(
        _ steps: PackedSteps, outputGradient: UnsafePointer<Float>, _ parameters: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>, vectorGradient: UnsafeMutablePointer<Float>
    ) {
        let width = layers.width
        let (gates, products, states) = (gates.start, products.start, states.start)
        let gradients = stateGradients.reserve(steps.rows * width)
        layers.output.backward(
            isThinned ? thinned.start : states, outputGradient: outputGradient,
            rows: steps.rows, into: gradients, parameters, gradient: gradient)
        if isThinned {
            for i in 0..<steps.rows * width { gradients[i] *= kept.start[i] }
        }
        for step in steps.active.indices.reversed() {
            let (first, count) = (steps.starts[step], steps.active[step])
            for row in 0..<count {
                let place = first + row
                retreat(
                    gates + place * 3 * width, products + place * 3 * width,
                    from: before.start + place * width,
                    gradients + place * width)
            }
            guard step > 0 else { continue }
            // What h itself hands on stands in the rows of `gradients` by now; what the gates hand on is added to both.
            let earlier = gradients + steps.starts[step - 1] * width
            for i in 0..<count * width { earlier[i] += gradients[first * width + i] }
            matrixProduct(
                a: products + first * 3 * width, aStride: 3 * width, transposingA: false,
                b: parameters + layers.recurrent.weights,
                bStride: 3 * width, transposingB: true, into: earlier, cStride: width, m: count, n: width,
                k: 3 * width, beta: 1)
        }
        layers.recurrent.backward(
            before.start, outputGradient: products, rows: steps.rows, into: nil, parameters,
            gradient: gradient)
        let inputGradients = inputGradients.reserve(steps.rows * 2 * layers.dimensions)
        layers.input.backward(
            inputs.start, outputGradient: gates, rows: steps.rows, into: inputGradients, parameters,
            gradient: gradient)
        scatter(inputGradients, steps, vectorGradient)
    }

    /// Makes the states after the last step the ones that the next steps start from.
    package func carry(_ steps: PackedSteps) {
        let width = layers.width
        for (step, count) in steps.active.enumerated() {
            // Of users whose last step this is, and of all others until theirs.
            initial.start.update(from: states.start + steps.starts[step] * width, count: count * width)
        }
    }

    /// A user's state after the last of his steps.
    package func finalState(ofUser user: Int) -> UnsafePointer<Float> {
        UnsafePointer(initial.start + user * layers.width)
    }

    /// One user's step: a in `gates` becomes z, r, n.
    private func advance(
        _ gates: UnsafeMutablePointer<Float>, _ products: UnsafePointer<Float>,
        from before: UnsafePointer<Float>, to state: UnsafeMutablePointer<Float>
    ) {
        let width = layers.width
        for i in 0..<2 * width { gates[i] = -(gates[i] + products[i]) }
        exponential(gates, count: 2 * width)
        for i in 0..<2 * width { gates[i] = 1 / (1 + gates[i]) }
        let (reset, new) = (gates + width, gates + 2 * width)
        // tanh x = 2σ(2x) − 1.
        for i in 0..<width { new[i] = -2 * (new[i] + reset[i] * products[2 * width + i]) }
        exponential(new, count: width)
        for i in 0..<width {
            new[i] = 2 / (1 + new[i]) - 1
            state[i] = new[i] + gates[i] * (before[i] - new[i])
        }
    }

    /// The derivative of `advance`: z, r, n become the gradient of a, g that of itself, and the gradient of h′ the part of
    /// that of h which does not go through g.
    private func retreat(
        _ gates: UnsafeMutablePointer<Float>, _ products: UnsafeMutablePointer<Float>,
        from before: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
    ) {
        let width = layers.width
        for i in 0..<width {
            let (z, r, n) = (gates[i], gates[width + i], gates[2 * width + i])
            let change = gradient[i]
            let ofNew = change * (1 - z) * (1 - n * n)
            let ofUpdate = change * (before[i] - n) * z * (1 - z)
            let ofReset = ofNew * products[2 * width + i] * r * (1 - r)
            gates[i] = ofUpdate
            gates[width + i] = ofReset
            gates[2 * width + i] = ofNew
            products[i] = ofUpdate
            products[width + i] = ofReset
            products[2 * width + i] = ofNew * r
            gradient[i] = change * z
        }
    }

    /// [v·ℓ, v·(1 − ℓ)] of all rows.
    private func gather(
        _ steps: PackedSteps, _ vectors: UnsafePointer<Float>
    ) -> UnsafeMutablePointer<Float> {
        let d = layers.dimensions
        let inputs = inputs.reserve(steps.rows * 2 * d)
        inputs.update(repeating: 0, count: steps.rows * 2 * d)
        for row in 0..<steps.rows {
            (inputs + row * 2 * d + (steps.isLiked[row] ? 0 : d))
                .update(from: vectors + Int(steps.items[row]) * d, count: d)
        }
        return inputs
    }

    private func scatter(
        _ gradients: UnsafePointer<Float>, _ steps: PackedSteps, _ vectors: UnsafeMutablePointer<Float>
    ) {
        let d = layers.dimensions
        for row in 0..<steps.rows {
            addScaled(
                gradients + row * 2 * d + (steps.isLiked[row] ? 0 : d), by: 1,
                to: vectors + Int(steps.items[row]) * d, count: d)
        }
    }

    /// The states as the output sees them.
    private func thin(
        _ states: UnsafeMutablePointer<Float>, _ rows: Int,
        _ dropout: (probability: Float, generator: RandomGenerator)?
    ) -> UnsafeMutablePointer<Float> {
        isThinned = false
        guard let (probability, generator) = dropout, probability > 0 else { return states }
        isThinned = true
        let count = rows * layers.width
        let (kept, thinned) = (kept.reserve(count), thinned.reserve(count))
        drawDropout(probability, into: kept, count: count, generator)
        for i in 0..<count { thinned[i] = states[i] * kept[i] }
        return thinned
    }
}
