/// Where an item that the collaborative model has not learned stands in the item space.
public struct ItemVector: Sendable, Equatable {
    /// Where vector and bias come from.
    public enum Provenance: String, Sendable {
        /// The content model: poster, text and metadata, no ratings.
        case projected
        /// The content projection as the prior, updated by the first ratings.
        case blended
    }

    /// The key of the item.
    public var itemKey: Int64
    /// Where vector and bias come from.
    public var provenance: Provenance
    /// The item's factors; as many as the model version has dimensions.
    public var vector: [Float]
    /// The item's bias.
    public var bias: Float
    /// The variance of each factor about `vector`.
    public var variance: Float

    /// Makes a vector.
    public init(itemKey: Int64, provenance: Provenance, vector: [Float], bias: Float, variance: Float) {
        self.itemKey = itemKey
        self.provenance = provenance
        self.vector = vector
        self.bias = bias
        self.variance = variance
    }
}
