import FloatKernels
import NeuralNetwork

/// The network of the trained tower: a branch for every kind of content, joined and led to a placement.
///
/// - Poster, 96×64×3: four 3×3 convolutions of stride 2 with 16, 32, 64 and 64 filters.
/// - Text, up to 160 words: embeddings of 64, a convolution of width 3 with 64 filters.
/// - Metadata: see `MetadataLayout`.
///
/// Poster and text are pooled by mean and maximum. Every branch ends in 64 values behind a gate, so that a missing
/// poster or text is zeros, and missing is trained too (modality dropout); then 128, then the outputs.
struct TowerNetwork: Sendable {
    /// What the network's shape depends on.
    struct Extents: Sendable, Equatable {
        /// Values of the metadata.
        let metadata: Int
        /// Words; 0 for no text branch.
        let vocabulary: Int
        let readsPosters: Bool
        /// Dimensions of a placement.
        let outputs: Int
    }

    static let maximumWords = 160
    static let embeddingDimensions = 64
    /// The embedding's parameter, for those who know better where words should start.
    static let embeddingName = "text.words.weights"
    /// The probability that a branch is hidden from a training example.
    static let modalityDropout: Float = 0.1

    let extents: Extents
    let network: Network
    let poster: NetworkInput?
    let text: NetworkInput?
    let metadata: NetworkInput

    private static let branchWidth = 64
    private static let headWidth = 128
    private static let dropout: Float = 0.3

    init(_ extents: Extents) {
        var builder = NetworkBuilder()
        var branches: [NetworkValue] = []
        self.extents = extents
        poster = extents.readsPosters ? Self.addPosterBranch(to: &builder, &branches) : nil
        text =
            extents.vocabulary > 0
            ? Self.addTextBranch(to: &builder, &branches, vocabulary: extents.vocabulary) : nil
        metadata = builder.input("metadata", shape: [extents.metadata])
        branches.append(
            Self.close("metadata", builder.value(of: metadata), gate: metadata, in: &builder))
        let joined = builder.dropout(builder.concatenation(branches), probability: Self.dropout)
        let hidden = builder.relu(builder.linear("head.hidden", of: joined, outputs: Self.headWidth))
        let kept = builder.dropout(hidden, probability: Self.dropout)
        let output = builder.linear("head.output", of: kept, outputs: extents.outputs)
        network = builder.build(output: output)
    }

    private static func addPosterBranch(
        to builder: inout NetworkBuilder, _ branches: inout [NetworkValue]
    ) -> NetworkInput {
        let input = builder.input("poster", shape: [PosterTower.inputHeight, PosterTower.inputWidth, 3])
        var value = builder.value(of: input)
        for (index, filters) in [16, 32, 64, 64].enumerated() {
            value = builder.convolution2D(
                "poster.convolution\(index)", of: value, filters: filters, stride: 2, padding: 1,
                activation: .relu)
        }
        branches.append(close("poster", pooled(value, in: &builder), gate: input, in: &builder))
        return input
    }

    private static func addTextBranch(
        to builder: inout NetworkBuilder, _ branches: inout [NetworkValue], vocabulary: Int
    ) -> NetworkInput {
        let input = builder.tokens("text", length: maximumWords, vocabulary: vocabulary)
        let words = builder.embedding("text.words", of: input, dimensions: embeddingDimensions)
        let value = builder.convolution1D(
            "text.convolution", of: words, filters: 64, width: 3, activation: .relu)
        branches.append(close("text", pooled(value, in: &builder), gate: input, in: &builder))
        return input
    }

    private static func pooled(_ value: NetworkValue, in builder: inout NetworkBuilder) -> NetworkValue {
        let parts = [builder.globalPool(.mean, of: value), builder.globalPool(.maximum, of: value)]
        return builder.dropout(builder.concatenation(parts), probability: dropout)
    }

    private static func close(
        _ name: String, _ value: NetworkValue, gate: NetworkInput, in builder: inout NetworkBuilder
    ) -> NetworkValue {
        builder.gate(
            builder.relu(builder.linear(name + ".dense", of: value, outputs: branchWidth)), by: gate)
    }
}
