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
        guard start <= Limits.depth else {
            throw Query.invalid(
                "cursor", query["cursor"] ?? "", "one of a list's first \(Limits.depth) places")
        }
        explains = try query.flag("explain")
        if let only = query["only"] { try apply(only: only) }
        filter.genres = query.all("genre")
        filter.years = try query["year"].map(Self.years)
        for pair in query.all("attribute") {
            let parts = pair.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else {
                throw Query.invalid("attribute", pair, "a column and a value, such as director:Ana Reis")
            }
            filter.attributes[String(parts[0]), default: []].append(String(parts[1]))
        }
        let include = query.all("include")
        if !include.isEmpty { filter.candidates = include }
        filter.excluded = query.all("exclude")
        filter.minimumProbability = try query.number("min_probability", in: 0...1, default: 0)
        policy = try ListPolicy(
            exploration: Float(query.number("explore", in: 0...100, default: 0)),
            diversity: Float(query.number("diversity", in: 0...1, default: 0)),
            popularityCorrection: Float(query.number("popularity_correction", in: 0...1, default: 0)))
    }

    static let properties = [
        "user_ids", "limit", "only", "genres", "year", "attributes", "include", "exclude", "min_probability",
        "explore", "diversity", "popularity_correction", "explain",
    ]

    /// From the body of a request for many users.
    init(_ body: Body) throws {
        try body.expect(Self.properties)
        limit = try body.optional("limit", "a whole number") ?? Self.defaultLimit
        guard (1...Limits.page).contains(limit) else {
            throw Body.invalid("limit", "a whole number from 1 to \(Limits.page)")
        }
        explains = try body.optional("explain", "true or false") ?? false
        if let only: String = try body.optional("only", "text") { try apply(only: only) }
        filter.genres = try body.optional("genres", "a list of texts") ?? []
        filter.years = try body.optional("year", "text such as 1990..1999").map(Self.years)
        filter.attributes = try body.optional("attributes", "an object of lists of texts") ?? [:]
        filter.candidates = try body.optional("include", "a list of ids")
        filter.excluded = try body.optional("exclude", "a list of ids") ?? []
        filter.minimumProbability = try body.optional("min_probability", "a number") ?? 0
        policy = try ListPolicy(
            exploration: try body.optional("explore", "a number") ?? 0,
            diversity: try body.optional("diversity", "a number") ?? 0,
            popularityCorrection: try body.optional("popularity_correction", "a number") ?? 0)
    }

    private mutating func apply(only text: String) throws {
        guard let only = Only(rawValue: text) else {
            throw Query.invalid("only", text, Only.allCases.map(\.rawValue).joined(separator: " or "))
        }
        filter.onlyNew = only == .new
        filter.includesSeen = only == .seenToo
    }

    /// Years as a text names them.
    static func years(_ text: String) throws -> ClosedRange<Int> {
        guard let years = ItemFilter.years(text) else {
            throw Query.invalid("year", text, "years such as 1990..1999, 1990.., ..1999 or 1994")
        }
        return years
    }
}
