/// The word somebody may have meant.
public enum Suggestion {
    /// The nearest of the words by edit distance, if it is near: at most a third of the length, at most 3.
    ///
    /// The distance is Levenshtein's over bytes of UTF-8, large and small letters of ASCII being the same; of equally near words
    /// the first by alphabet. A catalogue is looked through in well under a millisecond a thousand words.
    public static func nearest(to word: String, among words: some Sequence<String>) -> String? {
        let typed = word.utf8.map(lowercased)
        var limit = min(max(typed.count / 3, 1), 3)
        var best: String?
        var bytes: [UInt8] = []
        var rows = ([Int](), [Int]())
        for candidate in words {
            guard abs(candidate.utf8.count - typed.count) <= limit else { continue }
            bytes.removeAll(keepingCapacity: true)
            bytes.append(contentsOf: candidate.utf8.lazy.map(lowercased))
            guard let distance = editDistance(typed, bytes, atMost: limit, &rows) else { continue }
            if let known = best, distance == limit, known <= candidate { continue }
            (best, limit) = (candidate, distance)
        }
        return best
    }

    /// "did you mean 'Drama'?", where one of the words is near.
    public static func question(for word: String, among words: some Sequence<String>) -> String? {
        nearest(to: word, among: words).map { "did you mean '\($0)'?" }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }

    /// Levenshtein distance; nil where it is above `limit`.
    private static func editDistance(
        _ a: [UInt8], _ b: [UInt8], atMost limit: Int, _ rows: inout ([Int], [Int])
    ) -> Int? {
        rows.0.removeAll(keepingCapacity: true)
        rows.0.append(contentsOf: 0...b.count)
        for (i, x) in a.enumerated() {
            rows.1.removeAll(keepingCapacity: true)
            rows.1.append(i + 1)
            var least = i + 1
            for (j, y) in b.enumerated() {
                let value = min(rows.0[j] + (x == y ? 0 : 1), rows.0[j + 1] + 1, rows.1[j] + 1)
                rows.1.append(value)
                least = min(least, value)
            }
            if least > limit { return nil }
            swap(&rows.0, &rows.1)
        }
        return rows.0[b.count] <= limit ? rows.0[b.count] : nil
    }
}
