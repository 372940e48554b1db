package import NeuralNetwork

/// The parameters of a profile network: embeddings of attribute values, a hidden layer and a way around it.
///
///     x = [pools of item rows, extent, embedded attributes]      see `ProfileRows`
///     h = max(0, x W + c)
///     u = h O + o + x S + s
///
/// P. Covington, J. Adams and E. Sargin, "Deep Neural Networks for YouTube Recommendations", RecSys 2016, section 3.
/// S is not in the paper: without a hidden layer it is the linear model, which is strong by itself.
package struct ProfileLayers: Sendable {
    /// d, and the width of the hidden layer.
    package let dimensions: Int, width: Int
    /// Of attribute values: their number, the fields they belong to, and where the embeddings start.
    package let codes: Int, fields: Int, embeddings: Int
    /// W and c.
    package let hidden: DenseLayer
    /// O and o.
    package let output: DenseLayer
    /// S and s.
    package let around: DenseLayer

    /// Values that an attribute's embedding has.
    package static let embeddingLength = 8
    /// Values that say how much has been rated and how.
    package static let extentLength = 2

    /// Appends the layers to `table`.
    ///
    /// - Parameters:
    ///   - codes: number of attribute values, of all `fields` together.
    package init(dimensions: Int, width: Int, codes: Int, fields: Int, in table: inout ParameterTable) {
        self.dimensions = dimensions
        self.width = width
        self.codes = codes
        self.fields = fields
        let inputs =
            ProfileRows.pools * dimensions + Self.extentLength + fields * Self.embeddingLength
        hidden = DenseLayer("hidden", inputs: inputs, outputs: width, gain: 2, in: &table)
        output = DenseLayer("output", inputs: width, outputs: dimensions, gain: 0.5, in: &table)
        around = DenseLayer("around", inputs: inputs, outputs: dimensions, gain: 0.5, in: &table)
        embeddings = table.append(
            [
                ParameterDeclaration(
                    "embeddings", shape: [codes, Self.embeddingLength], .normal(deviation: 0.1), decays: true)
            ], layer: "attributes")
    }

    /// Length of x.
    package var inputs: Int { hidden.inputs }
    /// Where the embedded attributes start in x.
    package var attributeStart: Int { inputs - fields * Self.embeddingLength }
}
