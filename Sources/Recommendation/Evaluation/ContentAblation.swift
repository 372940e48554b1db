/// What the projections of the task `content` may look at: posters, text and metadata alone and in pairs, everything, and
/// everything without each kind.
package struct ContentAblation: Sendable {
    package static let everything = "all"

    /// Names for people, and the kinds of content that may be looked at.
    package let rows: [(name: String, kinds: Set<String>)]

    private static let text: Set<String> = ["title", "description", "length"]
    /// Posters, texts and metadata at once, through a network: no kind of its own.
    static let network = "cnn"

    /// - Parameter kinds: those that the catalogue has, see `LearnedContent`.
    package init(kinds: [String]) {
        let own = kinds.filter { $0 != Self.network }
        let parts = [
            ("poster", own.filter { $0 == "poster" }),
            ("text", own.filter(Self.text.contains)),
            ("metadata", own.filter { $0 != "poster" && !Self.text.contains($0) }),
        ].filter { !$0.1.isEmpty }
        var rows = [(Self.everything, own)]
        if kinds.contains(Self.network) { rows.append(("all, with a CNN", kinds)) }
        if parts.count > 2 {
            for left in parts.indices.reversed() {
                let pair = parts.indices.filter { $0 != left }.map { parts[$0] }
                rows.append((pair.map(\.0).joined(separator: " + "), pair.flatMap(\.1)))
            }
        }
        if parts.count > 1 { rows += parts }
        if own.contains("description") { rows.append(("description", ["description"])) }
        if own.count > 1 {
            rows += own.map { kind in ("all without \(kind)", own.filter { $0 != kind }) }
        }
        self.rows = rows.map { ($0.0, Set($0.1)) }
    }
}
