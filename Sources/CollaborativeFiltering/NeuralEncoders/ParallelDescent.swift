import FloatKernels
import NeuralNetwork

/// AdamW on all parameters of a network, with the gradient of a batch divided among the threads of a pool.
///
/// Each worker adds to a gradient of its own; then each moves its part of the parameters by the sum of all gradients,
/// taken worker by worker. So the same seed and number of threads give the same bits.
final class ParallelDescent {
    /// What lies where in the buffers.
    let table: ParameterTable
    private let parameters: FloatBuffer
    private let first, second: FloatBuffer
    private let gradients: [FloatBuffer]
    private let optimiser: AdamW
    private let pool: ThreadPool
    private var steps = 0

    /// Starts from the parameters of `start`.
    init(_ start: ParameterStore, weightDecay: Float, pool: ThreadPool) {
        table = start.table
        parameters = FloatBuffer(table.count)
        first = FloatBuffer(table.count)
        second = FloatBuffer(table.count)
        gradients = (0..<pool.threads).map { _ in FloatBuffer(start.table.count) }
        optimiser = AdamW(weightDecay: weightDecay)
        self.pool = pool
        for (index, value) in start.values.enumerated() { parameters.start[index] = value }
    }

    /// The parameters as they are now.
    var values: [Float] { parameters.values }

    /// One step.
    ///
    /// - Parameter addGradient: adds the gradient of a worker's share of the batch (its number, parameters, gradient), and
    ///   returns the share's loss.
    /// - Returns: the sum of the losses.
    func step(
        rate: Float,
        _ addGradient: (Int, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Double
    ) -> Double {
        var losses = [Double](repeating: 0, count: pool.threads)
        losses.withUnsafeMutableBufferPointer { losses in
            pool.run { worker in
                losses[worker] = addGradient(worker, parameters.start, gradients[worker].start)
            }
        }
        move(rate: rate)
        steps += 1
        return losses.reduce(0, +)
    }

    /// Takes the step, which sets the gradients to zero.
    private func move(rate: Float) {
        gradients.map(\.start).withUnsafeBufferPointer { starts in
            guard let starts = starts.baseAddress else { return }
            for row in table.rows {
                let step = optimiser.step(steps, rate: rate, decays: row.declaration.decays)
                pool.forEachRange(row.range.count, multiple: 16) { range in
                    let place = row.range.lowerBound + range.lowerBound
                    step.update(
                        parameters.start + place, gradients: starts, parts: gradients.count, offset: place,
                        first: first.start + place, second: second.start + place, count: range.count)
                }
            }
        }
    }
}
