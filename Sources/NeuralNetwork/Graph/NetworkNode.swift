/// One step of a network and where its value lies.
struct NetworkNode: Sendable {
    /// What a step does, and the numbers of the nodes it reads.
    enum Operation: Sendable {
        case input
        case embedding(Embedding, tokens: NetworkInput, tokenOffset: Int)
        case layer(any Layer, of: Int)
        case concatenation([(part: Concatenation, of: Int)])
        case gate(ModalityGate, of: Int, by: Int)
    }

    var operation: Operation
    var shape: [Int]
    /// Where one sample's share of the value would start in a buffer of all values; times the capacity it is the place.
    var offset: Int
    /// Where the layer's parameters start.
    var parameterStart = 0
    /// Where its packed parameters start, for inference and for training.
    var packedStart = 0, trainingPackedStart = 0
    /// Where one sample's share of its trace would start; times the capacity it is the place.
    var traceOffset = 0
    /// The token input whose lengths the value follows; nil where it is no sequence.
    var sequence: Int?
    /// Whether a parameter lies upstream.
    var wantsGradient = false

    var count: Int { shape.reduce(1, *) }
}
