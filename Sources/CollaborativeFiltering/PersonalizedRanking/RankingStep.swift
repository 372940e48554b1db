import FloatKernels

/// Stochastic gradient descent on triplets (user, liked item i, other item j): each step goes down the gradient of
/// loss(x) + λ/2 ‖Θ‖², x = score of i − score of j (Rendle et al. 2009, figure 4).
package struct RankingStep<Loss: RankingLoss> {
    /// What the steps update.
    package let factors: RankingFactors
    /// What a margin costs.
    package let loss: Loss
    /// The step length.
    package let learningRate: Float
    /// λ.
    package let l2: Float

    /// Steps of length `learningRate` on `factors`, with λ = `l2`.
    package init(factors: RankingFactors, loss: Loss, learningRate: Float, l2: Float) {
        self.factors = factors
        self.loss = loss
        self.learningRate = learningRate
        self.l2 = l2
    }

    /// p·q + b of user `user` and item `item`.
    @inline(__always)
    package func score(user: Int, _ item: Int) -> Float {
        let p = factors.users + user * factors.stride
        let q = factors.items + item * factors.stride
        var sum = SIMD8<Float>.zero
        for k in stride(from: 0, to: factors.stride, by: 8) {
            sum = sum.addingProduct(load(p + k), load(q + k))
        }
        return total(sum) + factors.biases[item]
    }

    /// How far the score of item i is above that of item j.
    @inline(__always)
    package func margin(user: Int, _ i: Int, _ j: Int) -> Float {
        let p = factors.users + user * factors.stride
        let qi = factors.items + i * factors.stride
        let qj = factors.items + j * factors.stride
        var sum = SIMD8<Float>.zero
        for k in stride(from: 0, to: factors.stride, by: 8) {
            sum = sum.addingProduct(load(p + k), load(qi + k) - load(qj + k))
        }
        return total(sum) + (factors.biases[i] - factors.biases[j])
    }

    /// One step on a triplet whose margin is `margin`; none where the loss asks for none.
    @inline(__always)
    package func update(user: Int, _ i: Int, _ j: Int, margin: Float) {
        guard let slope = loss.pull(margin) else { return }
        let p = factors.users + user * factors.stride
        let qi = factors.items + i * factors.stride
        let qj = factors.items + j * factors.stride
        let gradient = learningRate * slope
        let pull = SIMD8<Float>(repeating: gradient)
        let keep = SIMD8<Float>(repeating: 1 - learningRate * l2)
        for k in stride(from: 0, to: factors.stride, by: 8) {
            let (u, vi, vj) = (load(p + k), load(qi + k), load(qj + k))
            store((keep * u).addingProduct(pull, vi - vj), p + k)
            store((keep * vi).addingProduct(pull, u), qi + k)
            store((keep * vj).addingProduct(-pull, u), qj + k)
        }
        factors.biases[i] += gradient - learningRate * l2 * factors.biases[i]
        factors.biases[j] -= gradient + learningRate * l2 * factors.biases[j]
    }
}

@inline(__always)
private func load(_ pointer: UnsafeMutablePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
}

@inline(__always)
private func store(_ value: SIMD8<Float>, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: SIMD8<Float>.self)
}

/// The sum of the lanes, as a tree.
@inline(__always)
private func total(_ vector: SIMD8<Float>) -> Float {
    let half = vector.lowHalf + vector.highHalf
    let quarter = half.lowHalf + half.highHalf
    return quarter.x + quarter.y
}
