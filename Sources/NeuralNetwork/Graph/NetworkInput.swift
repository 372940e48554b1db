/// An input of a network. Made by `NetworkBuilder`, valid in its network.
public struct NetworkInput: Sendable, Equatable {
    /// What an input takes.
    enum Kind: Sendable, Equatable {
        /// Floats; `node` is the value they become.
        case floats(count: Int, node: Int)
        /// Tokens of a vocabulary, at most `length`; they lie from `offset` on (times the capacity).
        case tokens(length: Int, vocabulary: Int, offset: Int)
    }

    /// For messages.
    public let name: String
    let index: Int
    let kind: Kind
}
