import FloatKernels
import ItemContent
import NeuralNetwork

/// TF-IDF: the weight of a term in an item is (1 + ln tf) · ln(N / df), rows scaled to unit length.
///
/// Source: Salton & Buckley, "Term-weighting approaches in automatic text retrieval", 1988 (their "ltc" without
/// the constant). N and df are counted on the items the weighting was fitted to; terms it never saw are ignored.
package struct TermWeighting: Sendable {
    package let terms: [String]
    /// ln(N / df) of every term, or 1 where frequencies do not count.
    package let inverseFrequency: [Float]
    private let place: [String: Int]

    /// - Parameters:
    ///   - minimumDocuments: terms in fewer items are left out.
    ///   - maximumShare: terms in a larger share of the items are left out.
    ///   - weighsFrequency: false gives every term the same weight.
    package init(
        fitting documents: [[String]], minimumDocuments: Int = 1, maximumShare: Double = 1,
        weighsFrequency: Bool = true
    ) {
        let vocabulary = Vocabulary(
            counting: documents, minimumDocuments: minimumDocuments, maximumShare: maximumShare)
        let count = Float(documents.count)
        self.init(
            terms: vocabulary.words,
            // A term that every item has says nothing, but a catalogue of one item still needs a weight.
            inverseFrequency: vocabulary.documentFrequency.map {
                weighsFrequency ? max(naturalLogarithm(count / Float($0)), 1e-3) : 1
            })
    }

    package init(terms: [String], inverseFrequency: [Float]) {
        precondition(terms.count == inverseFrequency.count)
        self.terms = terms
        self.inverseFrequency = inverseFrequency
        self.place = Dictionary(uniqueKeysWithValues: terms.enumerated().map { ($1, $0) })
    }

    package func index(of term: String) -> Int? { place[term] }

    /// documents × terms.
    package func rows(_ documents: [[String]]) -> SparseRows {
        var rows = SparseRows(width: terms.count)
        for document in documents {
            var frequency: [Int: Int] = [:]
            for term in document {
                if let column = place[term] { frequency[column, default: 0] += 1 }
            }
            rows.appendUnitRow(
                frequency.sorted { $0.key < $1.key }.map { column, count in
                    (column, (1 + naturalLogarithm(Float(count))) * inverseFrequency[column])
                })
        }
        return rows
    }
}

extension TermWeighting {
    func write(to file: inout TensorFileWriter, as name: String) {
        file.add(name + ".terms", strings: terms)
        file.add(name + ".idf", shape: [inverseFrequency.count], floats: inverseFrequency)
    }

    init(from file: TensorFile, _ name: String) throws {
        let terms = try file.strings(name + ".terms")
        try file.require(Set(terms).count == terms.count, name, "names every term once")
        self.init(
            terms: terms, inverseFrequency: try file.floats(name + ".idf", shape: [terms.count]))
    }
}
