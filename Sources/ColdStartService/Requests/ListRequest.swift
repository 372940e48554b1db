import Foundation
import Recommendation

/// What a list of recommendations is to be: which items, how many, and in which order.
package struct ListRequest: Sendable {
    /// Whose places ratings have given, or not.
    enum Only: String, CaseIterable {
        case new
        case seenToo = "seen-too"
    }

    var filter = ItemFilter()
    var policy = ListPolicy.plain
    var limit = Self.defaultLimit
    /// Places before the first of this page.
    var start = 0
    var explains = false

    private static let defaultLimit = 10

    package static let parameters: Set<String> = [
        "limit", "cursor", "only", "genre", "year", "attribute", "include", "exclude", "min_probability",
        "explore", "diversity", "popularity_correction", "explain",
    ]

    /// From the query of a request for one user.
    package init(_ query: Query) throws {
        limit = try query.integer("limit", in: 1...Limits.page, default: Self.defaultLimit)
        start = Int(try Cursor.position(query["cursor"]))
        explains = try query.flag("explain")
        apply(only: try query.choice("only"))
        filter.genres = query.all("genre")
        filter.years = try query.years("year")
        for pair in query.all("attribute") {
            let (name, value) = try Self.attribute(pair)
            filter.attributes[name, default: []].append(value)
        }
        let include = try query.ids("include")
        if !include.isEmpty { filter.candidates = include }
        filter.excluded = try query.ids("exclude")
        filter.minimumProbability = try query.number("min_probability", in: Limits.probability, default: 0)
        policy = try ListPolicy(
            exploration: Float(query.number("explore", in: ListPolicy.explorations, default: 0)),
            diversity: Float(query.number("diversity", in: ListPolicy.shares, default: 0)),
            popularityCorrection: Float(
                query.number("popularity_correction", in: ListPolicy.shares, default: 0)))
    }

    /// `director:Ana Reis`: the first colon divides. It may have a mark on it, and then is no `Character` of its own.
    private static func attribute(_ pair: String) throws -> (name: String, value: String) {
        let parts = pair.unicodeScalars.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw Query.invalid("attribute", pair, "a column and a value, such as director:Ana Reis")
        }
        return (String(parts[0]), String(parts[1]))
    }

    static let properties = [
        "user_ids", "limit", "only", "genres", "year", "attributes", "include", "exclude", "min_probability",
        "explore", "diversity", "popularity_correction", "explain",
    ]

    /// From the body of a request for many users.
    init(_ body: Body) throws {
        try body.expect(Self.properties)
        limit = try body.integer("limit", in: 1...Limits.page) ?? Self.defaultLimit
        explains = try body.optional("explain", "true or false") ?? false
        apply(only: try body.choice("only"))
        filter.genres = try body.optional("genres", "a list of texts") ?? []
        filter.years = try body.optional("year", Query.yearsKind).map { text in
            guard let years = ItemFilter.years(text) else { throw Body.invalid("year", Query.yearsKind) }
            return years
        }
        filter.attributes = try body.optional("attributes", "an object of lists of texts") ?? [:]
        filter.candidates = try body.ids("include")
        filter.excluded = try body.ids("exclude") ?? []
        filter.minimumProbability = try body.number("min_probability", in: Limits.probability) ?? 0
        policy = try ListPolicy(
            exploration: Float(body.number("explore", in: ListPolicy.explorations) ?? 0),
            diversity: Float(body.number("diversity", in: ListPolicy.shares) ?? 0),
            popularityCorrection: Float(body.number("popularity_correction", in: ListPolicy.shares) ?? 0))
    }

    private mutating func apply(only: Only?) {
        filter.onlyNew = only == .new
        filter.includesSeen = only == .seenToo
    }
}
