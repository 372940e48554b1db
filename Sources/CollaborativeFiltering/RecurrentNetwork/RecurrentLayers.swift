package import NeuralNetwork

/// The parameters of a gated recurrent unit and of its output, after those of an item table:
///
///     a = [v·ℓ, v·(1 − ℓ)] W + c         ℓ = 1 where the item was liked, else 0
///     g = h U + e
///     z = σ(a_z + g_z),  r = σ(a_r + g_r),  n = tanh(a_n + r ⊙ g_n),  h′ = (1 − z) ⊙ n + z ⊙ h
///     u = h′ O + o
///
/// K. Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder", EMNLP 2014, with the reset gate applied
/// behind the product, so that one product a step does. a and g hold the three parts side by side, z first.
package struct RecurrentLayers: Sendable {
    /// d, H.
    package let dimensions: Int, width: Int
    /// W and c.
    package let input: DenseLayer
    /// U and e.
    package let recurrent: DenseLayer
    /// O and o.
    package let output: DenseLayer

    /// Appends the layers to `table`.
    package init(dimensions: Int, width: Int, in table: inout ParameterTable) {
        self.dimensions = dimensions
        self.width = width
        input = DenseLayer("input", inputs: 2 * dimensions, outputs: 3 * width, gain: 2, in: &table)
        recurrent = DenseLayer("recurrent", inputs: width, outputs: 3 * width, in: &table)
        output = DenseLayer("output", inputs: width, outputs: dimensions, in: &table)
    }
}
