import FloatKernels
import NeuralNetwork

/// A network that is only there to be timed: the same one is written in the peers' scripts.
struct ReferenceNetwork {
    let network: Network
    let input: NetworkInput
    /// Values or tokens of an example.
    let inputCount: Int
    /// Tokens there are; nil for a network that reads values.
    let vocabulary: Int?
    /// Operations for one example, a multiply-add counting two; pooling, biases and ReLU are not counted.
    let forwardOperations: Double
    /// The same for a training step with a dense backward pass, as other frameworks do it.
    let trainingOperations: Double

    /// Posters 96×64×3 through four convolutions 3×3 with 16, 32, 64 and 128 filters and ReLU, with a maximum over 2×2
    /// after each of the first three, the mean over all positions after the last, and a linear layer with 64 outputs.
    static func poster() -> ReferenceNetwork {
        var builder = NetworkBuilder()
        let input = builder.input("poster", shape: [96, 64, 3])
        var value = builder.value(of: input)
        for (index, filters) in [16, 32, 64, 128].enumerated() {
            value = builder.convolution2D(
                "conv\(index)", of: value, filters: filters, padding: 1, activation: .relu,
                pooling: index < 3 ? .maximum2x2 : .globalMean)
        }
        let output = builder.linear("linear", of: value, outputs: 64)
        // Pixels × patch × filters of each layer; the first has no gradient of its input.
        let first = 6_144 * 27 * 16
        let forward = 2 * (first + 1_536 * 144 * 32 + 384 * 288 * 64 + 96 * 576 * 128 + 128 * 64)
        return ReferenceNetwork(
            network: builder.build(output: output), input: input, inputCount: 96 * 64 * 3, vocabulary: nil,
            forwardOperations: Double(forward), trainingOperations: Double(3 * forward - 2 * first))
    }

    /// Texts of 128 words of 20,000 through an embedding of 64, convolutions over 3, 4 and 5 words with 64 filters each and
    /// ReLU, the maximum over the text, and a linear layer with 64 outputs.
    static func text() -> ReferenceNetwork {
        var builder = NetworkBuilder()
        let input = builder.tokens("text", length: 128, vocabulary: 20_000)
        let words = builder.embedding("words", of: input, dimensions: 64)
        let maxima = [3, 4, 5].map { width in
            builder.convolution1D(
                "conv\(width)", of: words, filters: 64, width: width, keepsLength: false, activation: .relu,
                pooling: .globalMaximum)
        }
        let output = builder.linear("linear", of: builder.concatenation(maxima), outputs: 64)
        // Without padding: 126, 125 and 124 positions.
        let forward = 2 * ((126 * 3 + 125 * 4 + 124 * 5) * 64 * 64 + 192 * 64)
        return ReferenceNetwork(
            network: builder.build(output: output), input: input, inputCount: 128, vocabulary: 20_000,
            forwardOperations: Double(forward), trainingOperations: Double(3 * forward))
    }
}
