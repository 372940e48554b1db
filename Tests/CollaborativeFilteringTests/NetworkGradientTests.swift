import CollaborativeFiltering
import FloatKernels
import Testing

/// Backward passes against finite differences.
@Suite struct NetworkGradientTests {
    private let pool = ThreadPool(threads: 2)
    private let shape = NetworkShape(
        users: .init(count: 3, codeCount: 2, width: 5, codeWidth: 2),
        items: .init(count: 4, codeCount: 3, width: 7, codeWidth: 3), hidden: [9, 5, 3])

    /// A batch with repeated users and items, one of them without attributes.
    private func batch(_ loss: NetworkLoss) -> (NetworkBatch, LabelledPairs) {
        let users = CompressedRows(
            rows: 3, columns: 2, rowStarts: [0, 1, 3, 3], columnIndices: [0, 0, 1], values: [1, 1, 1])
        let items = CompressedRows(
            rows: 4, columns: 3, rowStarts: [0, 2, 3, 3, 6], columnIndices: [0, 1, 2, 0, 1, 2],
            values: [0.5, 0.5, 1, 0.5, 0.5, 1])
        var pairs = LabelledPairs()
        let labelled: [(Int32, Int32, Float)] = [
            (0, 0, 1), (0, 3, 0), (2, 3, 1), (1, 1, 0.5), (0, 2, 0), (2, 0, 1), (1, 3, 1),
        ]
        for (user, item, label) in labelled { pairs.append(user: user, item: item, label: label) }
        return (NetworkBatch(shape, loss: loss, userCodes: users, itemCodes: items), pairs)
    }

    /// Where a unit is switched within the step, the difference is not the derivative: such places are few, and a tenth of
    /// the step tells them.
    @Test(arguments: NetworkLoss.allCases)
    func theGradientIsThatOfFiniteDifferences(loss: NetworkLoss) {
        let (batch, pairs) = batch(loss)
        var generator = RandomGenerator(seed: 11)
        var parameters = (0..<shape.count).map { _ in 0.5 * generator.normal() }
        func meanLoss(_ gradient: inout [Float]) -> Double {
            parameters.withUnsafeBufferPointer { parameters in
                gradient.withUnsafeMutableBufferPointer { gradient in
                    guard let parameters = parameters.baseAddress, let gradient = gradient.baseAddress else {
                        return 0
                    }
                    return batch.addGradient(pairs, parameters: parameters, into: gradient, pool: pool)
                        / Double(pairs.count)
                }
            }
        }
        func slope(_ place: Int, _ step: Float) -> Double {
            var unused = [Float](repeating: 0, count: shape.count)
            let value = parameters[place]
            defer { parameters[place] = value }
            parameters[place] = value + step
            let above = meanLoss(&unused)
            parameters[place] = value - step
            return (above - meanLoss(&unused)) / Double((value + step) - (value - step))
        }
        var gradient = [Float](repeating: 0, count: shape.count)
        _ = meanLoss(&gradient)
        var switched = 0
        for place in parameters.indices {
            let long = slope(place, 0.01)
            // Losses of size 1 in 24 bits, over a step of 0.02, and the third derivative.
            guard abs(long - Double(gradient[place])) > 2e-4 * (1 + abs(long)) else { continue }
            switched += 1
            #expect(abs(slope(place, 0.001) - Double(gradient[place])) < 2e-3 * (1 + abs(long)), "\(place)")
        }
        #expect(switched < shape.count / 20)
        #expect(gradient.count { $0 != 0 } > shape.count / 2)
    }
}
