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

    /// `1990..1999`, `1990..`, `..1999` or `1994`; nil for other texts.
    public static func years(_ text: String) -> ClosedRange<Int>? {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false)
        let isRange = parts.count == 2 && text != ".."
        guard parts.count == 1 || isRange, let first = parts.first, let last = parts.last,
            let from = isRange && first.isEmpty ? Int.min : Int(first),
            let to = isRange && last.isEmpty ? Int.max : Int(last), from <= to
        else { return nil }
        return from...to
    }

    /// The rows of the snapshot that pass, ascending; what a user has seen is not looked at here.
    ///
    /// - Throws: `recommend.unknown_genre` and `recommend.unknown_item`, naming what does not exist.
    func rows(_ snapshot: Snapshot) throws -> [Int] {
        let wanted = try knownGenres(snapshot)
        let hidden = Set(excluded)
        for id in excluded where snapshot.row(ofItem: id) == nil { throw Self.unknownItem(id, snapshot) }
        return try candidateRows(snapshot).filter { row in
            let entry = snapshot.items[row]
            return (!onlyNew || entry.isNew)
                && (wanted.isEmpty || !wanted.isDisjoint(with: entry.item.genres))
                && years.map { range in entry.item.year.map(range.contains) ?? false } ?? true
                && attributes.allSatisfy { name, values in
                    !Set(entry.item.attributes[name] ?? []).isDisjoint(with: values)
                }
                && !hidden.contains(entry.item.id)
        }
    }

    /// The rows that pass as a set; nil where all do.
    func allowed(_ snapshot: Snapshot) throws -> ItemSet? {
        let isOpen =
            !onlyNew && genres.isEmpty && years == nil && attributes.isEmpty && excluded.isEmpty
            && candidates == nil
        return isOpen ? nil : ItemSet(count: snapshot.items.count, members: try rows(snapshot))
    }

    private func candidateRows(_ snapshot: Snapshot) throws -> [Int] {
        guard let candidates else { return Array(snapshot.items.indices) }
        return try Set(
            candidates.map { id in
                guard let row = snapshot.row(ofItem: id) else { throw Self.unknownItem(id, snapshot) }
                return row
            }
        ).sorted()
    }

    private func knownGenres(_ snapshot: Snapshot) throws -> Set<String> {
        guard !genres.isEmpty else { return [] }
        let known = Set(snapshot.items.flatMap(\.item.genres))
        for genre in genres where !known.contains(genre) {
            let near = Suggestion.nearest(to: genre, among: known)
            throw Diagnostic(
                .usage, code: "recommend.unknown_genre", "no item has the genre '\(genre)'",
                fix: near.map { "did you mean '\($0)'?" }
                    ?? "choose among: \(known.sorted().prefix(20).joined(separator: ", "))")
        }
        return Set(genres)
    }

    static func unknownItem(_ id: String, _ snapshot: Snapshot) -> Diagnostic {
        let near = Suggestion.nearest(to: id, among: snapshot.items.lazy.map(\.item.id))
        return Diagnostic(
            .missingInput, code: "item.unknown", "no item '\(id)' has a place in model \(snapshot.version)",
            fix: near.map { "did you mean '\($0)'?" }
                ?? "add it with 'coldstart add', or run 'coldstart train'")
    }
}

/// The word somebody may have meant.
public enum Suggestion {
    /// The nearest of the words by edit distance, if it is near: at most a third of the length, at most 3.
    public static func nearest(to word: String, among words: some Sequence<String>) -> String? {
        let typed = Array(word.lowercased().unicodeScalars)
        let limit = min(max(typed.count / 3, 1), 3)
        var best: (word: String, distance: Int)?
        for candidate in words {
            let scalars = Array(candidate.lowercased().unicodeScalars)
            guard abs(scalars.count - typed.count) <= limit else { continue }
            let distance = editDistance(typed, scalars)
            if distance <= limit, (distance, candidate) < (best?.distance ?? .max, best?.word ?? "") {
                best = (candidate, distance)
            }
        }
        return best?.word
    }

    /// Levenshtein distance.
    private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var previous = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var current = [i + 1]
            for (j, y) in b.enumerated() {
                current.append(min(previous[j] + (x == y ? 0 : 1), previous[j + 1] + 1, current[j] + 1))
            }
            previous = current
        }
        return previous[b.count]
    }
}
