import Recommendation

/// A list of recommendations as the API shows it.
struct ListBody: Encodable {
    /// How many items competed, and which.
    struct Candidates: Encodable {
        let count: Int
        let which: String
    }

    /// A place of the list, with what speaks for it where that was asked for.
    struct Place: Encodable {
        struct Reasons: Encodable {
            let history: [Recommender.Reason]
        }

        let recommendation: Recommender.Recommendation
        let reasons: Reasons?

        private enum CodingKeys: CodingKey { case reasons }

        func encode(to encoder: any Encoder) throws {
            try recommendation.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encodeIfPresent(reasons, forKey: .reasons)
        }
    }

    let userId: String
    let modelVersion: String?
    let catalogueRevision: Int64?
    let candidates: Candidates
    let recommendations: [Place]
    let nextCursor: String?

    /// Makes a list.
    ///
    /// - Parameter stamped: whether it names model version and revision itself.
    init(_ wanted: ListRequest, user: String, _ state: ServingState, stamped: Bool) throws {
        let recommender = try state.answers()
        let end = min(wanted.start + wanted.limit, Limits.depth)
        // One more than the page tells whether another follows.
        let found = try recommender.recommend(
            toUser: user, count: end + 1, filter: wanted.filter, policy: wanted.policy)
        let page = Array(found.list.prefix(end).dropFirst(wanted.start))
        let reasons =
            wanted.explains
            ? try recommender.reasons(forItems: page.map(\.itemId), toUser: user) : nil
        userId = user
        modelVersion = stamped ? state.version : nil
        catalogueRevision = stamped ? state.revision : nil
        candidates = Candidates(
            count: found.candidates,
            which: "items that pass the filters, "
                + (wanted.filter.includesSeen ? "rated by the user or not" : "not rated by the user"))
        recommendations = page.enumerated().map { index, recommendation in
            Place(recommendation: recommendation, reasons: reasons.map { .init(history: $0[index]) })
        }
        nextCursor =
            found.list.count > end && end < Limits.depth ? Cursor.text(after: Int64(end)) : nil
    }

    /// Keys of the new items on it.
    func newItems(in state: ServingState) -> [Int64] {
        guard let snapshot = state.recommender?.snapshot else { return [] }
        return recommendations.compactMap { place in
            guard place.recommendation.provenance != .learned else { return nil }
            return snapshot.row(ofItem: place.recommendation.itemId).map { snapshot.items[$0].key }
        }
    }
}
