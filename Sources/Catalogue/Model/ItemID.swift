/// Ids for items that came without one.
public enum ItemID {
    /// `the-quiet-harbour-2026`, with a number behind it where that is taken.
    public static func unused(title: String, year: Int?, in store: some CatalogueStore) throws -> String {
        let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }.prefix(8)
        let stem = (words.map(String.init) + (year.map { ["\($0)"] } ?? [])).joined(separator: "-")
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
