import Catalogue
import Diagnostics
import FloatKernels

/// Which items may be recommended.
public struct ItemFilter: Sendable {
    /// Only items that ratings have not placed yet.
    public var onlyNew = false
    /// Also items that the user has rated.
    public var includesSeen = false
    /// At least one of these genres; empty means any.
    public var genres: [String] = []
    /// Only items of these years, if given.
    public var years: ClosedRange<Int>?
    /// Values that an item has, by the name of the column: at least one of each name's.
    public var attributes: [String: [String]] = [:]
    /// Items that the user takes with a smaller probability are left out of the list, not of the candidates.
    public var minimumProbability = 0.0
    /// Ids that are left out.
    public var excluded: [String] = []
    /// Only these ids, if given.
    public var candidates: [String]?

    /// Everything that the user has not seen.
    public init() {}

    /// `1990..1999`, `1999..1990`, `1990..`, `..1999` or `1994`; nil for other texts. A year has 1 to 6 digits.
    public static func years(_ text: String) -> ClosedRange<Int>? {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false)
        let isRange = parts.count == 2 && text != ".."
        guard parts.count == 1 || isRange, let first = parts.first, let last = parts.last,
            let from = isRange && first.isEmpty ? Int.min : year(first),
            let to = isRange && last.isEmpty ? Int.max : year(last)
        else { return nil }
        return min(from, to)...max(from, to)
    }

    private static func year(_ text: Substring) -> Int? {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8
        guard (1...6).contains(digits.count),
            digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return nil }
        return Int(text)
    }

    /// The rows of the snapshot that pass, nil where all do; what a user has seen is not looked at here.
    ///
    /// - Throws: `recommend.unknown_genre` and `item.unknown`, naming what does not exist.
    func allowed(_ snapshot: Snapshot) throws -> ItemSet? {
        let index = snapshot.index
        var demands: [ItemSet] = []
        if onlyNew { demands.append(index.new) }
        if !genres.isEmpty {
            let known = index.genres
            let wanted = try genres.map { genre in
                guard let items = known[genre] else { throw Self.unknownGenre(genre, known.keys) }
                return items
            }
            demands.append(union(wanted, snapshot))
        }
        if let years { demands.append(index.items(of: years)) }
        for (name, values) in attributes {
            let known = index.attributes(name)
            demands.append(union(values.compactMap { known[$0] }, snapshot))
        }
        if let candidates {
            demands.append(ItemSet(count: snapshot.items.count, members: try rows(of: candidates, snapshot)))
        }
        if demands.isEmpty, excluded.isEmpty { return nil }
        var allowed =
            demands.popLast() ?? ItemSet(allOf: snapshot.items.count)
        for demand in demands { allowed.formIntersection(demand) }
        for row in try rows(of: excluded, snapshot) { allowed.remove(row) }
        return allowed
    }

    private func union(_ sets: [ItemSet], _ snapshot: Snapshot) -> ItemSet {
        sets.reduce(into: ItemSet(count: snapshot.items.count)) { $0.formUnion($1) }
    }

    private func rows(of ids: [String], _ snapshot: Snapshot) throws -> [Int] {
        try ids.map { id in
            guard let row = snapshot.row(ofItem: id) else { throw Self.unknownItem(id, snapshot) }
            return row
        }
    }

    private static func unknownGenre(_ genre: String, _ known: some Collection<String>) -> Diagnostic {
        Diagnostic(
            .missingInput, code: "recommend.unknown_genre", "no item has the genre '\(genre)'",
            fix: Suggestion.question(for: genre, among: known)
                ?? "choose among: \(known.sorted().prefix(20).joined(separator: ", "))")
    }

    static func unknownItem(_ id: String, _ snapshot: Snapshot) -> Diagnostic {
        Diagnostic(
            .missingInput, code: "item.unknown", "no item '\(id)' has a place in model \(snapshot.version)",
            fix: titled(id, snapshot)
                ?? Suggestion.question(for: id, among: snapshot.items.lazy.map(\.item.id))
                ?? "add it with 'coldstart add', or run 'coldstart train'")
    }

    /// Somebody gave a title, more or less, where its id is asked for.
    private static func titled(_ text: String, _ snapshot: Snapshot) -> String? {
        guard let title = Suggestion.nearest(to: text, among: snapshot.items.lazy.map(\.item.title)),
            let item = snapshot.items.first(where: { $0.item.title == title })?.item, item.id != text
        else { return nil }
        return "did you mean '\(item.id)' (\(title))?"
    }
}
