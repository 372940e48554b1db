/// Who asks.
enum Caller: Sendable {
    /// Nobody in particular.
    case anonymous
    /// Somebody with a token that opens nothing.
    case refused
    /// Somebody with a key.
    case holder(id: String, role: Role)

    /// The key's id, for logs.
    var keyID: String? {
        if case .holder(let id, _) = self { id } else { nil }
    }
}
