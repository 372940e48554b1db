import NeuralNetwork
import Testing

@Suite("Losses, schedule and optimiser")
struct LossTests {
    @Test func lossesAreTheirFormulasAndGradientsTheirDerivatives() {
        let outputs: [Float] = [0.5, -2, 30, -90], targets: [Float] = [1, 0.25, 0, 1]
        let losses: [(any Loss, Float)] = [
            (MeanSquaredError(), (0.25 + 5.0625 + 900 + 8281) / 4),
            (MeanSquaredError(outputWeights: [4, 0, 0, 0]), 0.25),
            // ln(1+e^.5)−.5 = .4740770, ln(1+e^−2)+.5 = .6269280, 30, 90
            (LogisticLoss(), (0.4740770 + 0.6269280 + 30 + 90) / 4),
        ]
        for (loss, wanted) in losses {
            let (value, gradient) = evaluate(loss, outputs, targets)
            #expect(abs(value - wanted) <= 1e-6 * wanted)
            for j in 0..<2 {
                var up = outputs, down = outputs
                up[j] += 0.01
                down[j] -= 0.01
                let slope = (evaluate(loss, up, targets).0 - evaluate(loss, down, targets).0) / 0.02
                // The rounding of both losses over the step, and a third of the third derivative.
                #expect(abs(slope - gradient[j]) <= 2 * value.ulp / 0.02 + 1e-4)
            }
        }
    }

    @Test func anUnknownTargetCostsNothing() {
        for loss in [MeanSquaredError(), LogisticLoss()] as [any Loss] {
            let (value, gradient) = evaluate(loss, [3, 4], [.nan, .nan])
            #expect(value == 0 && gradient == [0, 0])
        }
    }

    @Test func theScheduleRisesAndFalls() {
        let schedule = LearningRateSchedule(peak: 2, warmUp: 0.25)
        let rates = (0..<400).map { schedule.rate(step: $0, of: 400) }
        #expect(zip(rates, rates.dropFirst()).prefix(98).allSatisfy { $0 < $1 })
        #expect(zip(rates, rates.dropFirst()).dropFirst(101).allSatisfy { $0 > $1 })
        #expect((rates.max() ?? 0) <= 2 && (rates.max() ?? 0) > 1.98 && rates[399] < 0.001 && rates[0] < 0.1)
    }

    /// The first step of Adam moves by the rate against the gradient's sign; decay goes beside it.
    @Test func theFirstStepIsTheRate() {
        let optimiser = AdamW(weightDecay: 0.1)
        for decays in [true, false] {
            // Nineteen, so that whole vectors and single values are met; the gradient in two parts.
            let count = 19
            var parameters = [Float](repeating: 1, count: count)
            var first = [Float](repeating: 0, count: count), second = first
            var one = (0..<count).map { $0 % 2 == 0 ? Float(2) : -0.02 }
            var other = (0..<count).map { $0 % 2 == 0 ? Float(1) : 0.01 }
            one.withUnsafeMutableBufferPointer { one in
                other.withUnsafeMutableBufferPointer { other in
                    guard let one = one.baseAddress, let other = other.baseAddress else { return }
                    optimiser.step(0, rate: 0.5, decays: decays).update(
                        &parameters, gradients: [one, other], parts: 2, offset: 0, first: &first,
                        second: &second, count: count)
                }
            }
            let kept: Float = decays ? 0.95 : 1
            for (index, parameter) in parameters.enumerated() {
                #expect(abs(parameter - (index % 2 == 0 ? kept - 0.5 : kept + 0.5)) < 1e-5)
            }
            #expect((one + other).allSatisfy { $0 == 0 }, "the gradient is read once")
            #expect(zip(first, 0...).allSatisfy { abs($0 - 0.1 * ($1 % 2 == 0 ? 3 : -0.01)) < 1e-6 })
        }
    }

    private func evaluate(_ loss: any Loss, _ outputs: [Float], _ targets: [Float]) -> (Float, [Float]) {
        var gradient = [Float](repeating: .nan, count: outputs.count)
        let value = outputs.withUnsafeBufferPointer { o in
            targets.withUnsafeBufferPointer { t in
                gradient.withUnsafeMutableBufferPointer {
                    loss.evaluate(outputs: o, targets: t, gradient: $0)
                }
            }
        }
        return (value, gradient)
    }
}
