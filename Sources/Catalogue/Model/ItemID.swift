/// Ids for items that came without one.
public enum ItemID {
    /// Characters of a title that an id has at most: one word may be as long as a whole title.
    private static let longest = 200

    /// `the-quiet-harbour-2026`, with a number behind it where that is taken.
    public static func unused(title: String, year: Int?, in store: some CatalogueStore) throws -> String {
        let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }.prefix(8).joined(separator: "-")
        let start = String(words.unicodeScalars.prefix(longest))
        let stem = ([start] + (year.map { ["\($0)"] } ?? [])).filter { !$0.isEmpty }.joined(separator: "-")
        let name = stem.isEmpty ? "item" : stem
        var candidate = name
        var number = 2
        while try store.item(id: candidate) != nil {
            candidate = "\(name)-\(number)"
            number += 1
        }
        return candidate
    }
}
