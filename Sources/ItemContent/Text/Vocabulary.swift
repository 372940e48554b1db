/// The words that a content model knows, each with a number.
///
/// Words come by falling document frequency, ties in Unicode order: the same documents give the same numbers.
public struct Vocabulary: Sendable, Equatable {
    /// The words; a word's number is its position.
    public let words: [String]
    /// For each word, in how many documents it occurs.
    public let documentFrequency: [Int]
    /// How many documents were counted.
    public let documentCount: Int
    private let numbers: [String: Int]

    /// Counts documents that are already cut into words.
    ///
    /// - Parameters:
    ///   - minimumDocuments: a word in fewer documents than this is left out, as too rare to learn from.
    ///   - maximumShare: a word in a larger share of the documents than this, 0…1, is left out, as saying nothing.
    public init(counting documents: [[String]], minimumDocuments: Int, maximumShare: Double) {
        var counts: [String: (documents: Int, last: Int)] = [:]
        for (index, document) in documents.enumerated() {
            for word in document {
                let seen = counts[word, default: (0, -1)]
                if seen.last != index { counts[word] = (seen.documents + 1, index) }
            }
        }
        let limit = maximumShare * Double(documents.count)
        let kept = counts.filter {
            $0.value.documents >= minimumDocuments && Double($0.value.documents) <= limit
        }
        .sorted { ($1.value.documents, $0.key) < ($0.value.documents, $1.key) }
        self.init(
            words: kept.map(\.key), documentFrequency: kept.map(\.value.documents),
            documentCount: documents.count)
    }

    /// A vocabulary as it was counted before, from a stored model.
    ///
    /// - Precondition: one frequency a word.
    public init(words: [String], documentFrequency: [Int], documentCount: Int) {
        precondition(words.count == documentFrequency.count, "one frequency a word")
        self.words = words
        self.documentFrequency = documentFrequency
        self.documentCount = documentCount
        numbers = Dictionary(zip(words, words.indices), uniquingKeysWith: { first, _ in first })
    }

    /// How many words there are.
    public var count: Int { words.count }

    /// The word's number, nil for a word that is not in the vocabulary.
    public subscript(word: String) -> Int? { numbers[word] }
}
