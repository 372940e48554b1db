package import Diagnostics
package import FloatKernels
import NeuralNetwork

/// The text tower: word vectors learned from the catalogue's own texts, summed over the description by IDF.
///
/// It is a one-dimensional convolution of width 1 whose filters are the word vectors, with weighted mean pooling.
/// The vectors are the leading factors U √S of the word × context matrix of positive mutual information
/// (Levy & Goldberg, "Neural word embedding as implicit matrix factorization", 2014), rows scaled to unit length.
package struct TextTower: Sendable {
    let words: TermWeighting
    /// words × dimensions, unit rows.
    let vectors: Matrix
    /// Mean embedding of the texts learned from, taken off every embedding.
    let mean: [Float]

    package var dimensions: Int { vectors.columns }

    /// Words in fewer texts have no vector.
    package static let minimumDocuments = 3
    private static let window = 5
    private static let maximumDimensions = 300

    /// Learns word vectors from tokenised texts; nil where the texts share too few words.
    package static func learn(
        from documents: [[String]], seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> TextTower? {
        let words = TermWeighting(fitting: documents, minimumDocuments: minimumDocuments)
        guard words.terms.count >= 8 else { return nil }
        try monitor.report("Learning word vectors", 0, of: 3)
        let indexed = documents.map { $0.compactMap { words.index(of: $0).map(Int32.init) } }
        let information = CooccurrenceCounts(
            indexed, wordCount: words.terms.count, window: window, pool: pool
        ).positiveMutualInformation()
        try monitor.report("Learning word vectors", 1, of: 3)
        let vectors = try factor(information, seed: seed, pool: pool, monitor: monitor)
        guard vectors.columns > 0 else { return nil }
        let tower = TextTower(
            words: words, vectors: vectors, mean: [Float](repeating: 0, count: vectors.columns))
        let (sums, present) = tower.sums(documents, pool: pool)
        let known = sums.selectingRows(present.indices.filter { present[$0] })
        return TextTower(words: words, vectors: vectors, mean: known.columnMeans)
    }

    /// documents × dimensions, unit rows, and whether the text has a word that is known.
    package func embed(_ documents: [[String]], pool: ThreadPool) -> (Matrix, present: [Bool]) {
        var (sums, present) = sums(documents, pool: pool)
        sums.withMutableRows(pool: pool) { row, values in
            for index in values.indices { values[index] = present[row] ? values[index] - mean[index] : 0 }
        }
        return (sums.unitRows(), present)
    }

    private func sums(_ documents: [[String]], pool: ThreadPool) -> (Matrix, present: [Bool]) {
        var rows = SparseRows(width: words.terms.count)
        var lengths = [Float]()
        for document in documents {
            var weights: [Int: Float] = [:]
            for word in document {
                if let index = words.index(of: word) {
                    weights[index, default: 0] += words.inverseFrequency[index]
                }
            }
            let entries = weights.sorted { $0.key < $1.key }.map { (column: $0.key, value: $0.value) }
            // Summed in index order: a dictionary's own order changes from run to run.
            lengths.append(entries.reduce(0) { $0 + $1.value * $1.value }.squareRoot())
            rows.appendUnitRow(entries)
        }
        var sums = rows.product(with: vectors, pool: pool)
        sums.withMutableRows(pool: pool) { row, values in
            for index in values.indices { values[index] *= lengths[row] }
        }
        return (sums, lengths.map { $0 > 0 })
    }

    private static func factor(
        _ information: SparseRows, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> Matrix {
        let transposed = information.transposed
        var generator = RandomGenerator(seed: seed, stream: 200)
        let decomposition = try RandomizedDecomposition(
            rank: maximumDimensions, rows: information.count, columns: information.width, using: &generator,
            pool: pool,
            multiply: { basis in
                try monitor.report("Learning word vectors", 2, of: 3)
                return information.product(with: basis.transposed, pool: pool).transposed
            },
            multiplyTransposed: { transposed.product(with: $0.transposed, pool: pool).transposed })
        var scaled = decomposition.left
        for (row, value) in decomposition.values.enumerated() {
            let root = value.squareRoot()
            for column in 0..<scaled.columns { scaled[row, column] *= root }
        }
        return scaled.transposed.unitRows()
    }
}

extension TextTower {
    func write(to file: inout TensorFileWriter, as name: String) {
        words.write(to: &file, as: name + ".words")
        file.add(name + ".vectors", matrix: vectors)
        file.add(name + ".mean", shape: [mean.count], floats: mean)
    }

    init(from file: TensorFile, _ name: String) throws {
        words = try TermWeighting(from: file, name + ".words")
        vectors = try file.matrix(name + ".vectors")
        mean = try file.floats(name + ".mean", shape: [vectors.columns])
        try file.require(vectors.rows == words.terms.count, name, "has a vector for every word")
    }
}
