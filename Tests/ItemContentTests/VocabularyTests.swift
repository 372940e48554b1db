import ItemContent
import Testing

@Suite struct VocabularyTests {
    private let documents = [
        ["the", "space", "opera", "the", "the"], ["the", "western"], ["the", "space", "western", "zoo"],
        ["space", "the", "ode"],
    ]

    @Test func wordsAreCountedOncePerDocument() {
        let vocabulary = Vocabulary(counting: documents, minimumDocuments: 1, maximumShare: 1)
        #expect(vocabulary.words == ["the", "space", "western", "ode", "opera", "zoo"])
        #expect(vocabulary.documentFrequency == [4, 3, 2, 1, 1, 1])
        #expect(vocabulary.documentCount == 4 && vocabulary.count == 6)
        #expect(vocabulary["the"] == 0 && vocabulary["zoo"] == 5 && vocabulary["comedy"] == nil)
    }

    @Test func rareAndCommonWordsAreLeftOut() {
        let vocabulary = Vocabulary(counting: documents, minimumDocuments: 2, maximumShare: 0.75)
        #expect(vocabulary.words == ["space", "western"])
        #expect(vocabulary["the"] == nil && vocabulary["ode"] == nil)
        #expect(Vocabulary(counting: [], minimumDocuments: 1, maximumShare: 1).words.isEmpty)
    }

    @Test func aStoredVocabularyIsTheSame() {
        let counted = Vocabulary(counting: documents, minimumDocuments: 1, maximumShare: 1)
        let stored = Vocabulary(
            words: counted.words, documentFrequency: counted.documentFrequency,
            documentCount: counted.documentCount)
        #expect(stored == counted)
    }
}
