package import FloatKernels

/// How often words stand near each other in the catalogue's texts, weighted by 1 / distance.
package struct CooccurrenceCounts {
    /// words × words, compressed rows, columns ascending, weights positive.
    package let rows: SparseRows

    /// - Parameters:
    ///   - documents: word indices in order; words outside the vocabulary are already gone.
    ///   - window: how many words to either side count as near.
    package init(_ documents: [[Int32]], wordCount: Int, window: Int, pool: ThreadPool) {
        let places = Self.places(of: documents, wordCount: wordCount)
        // Rows are independent: each worker counts a contiguous range of words into a dense row of its own.
        var parts = [SparseRows?](repeating: nil, count: pool.threads)
        let workers = pool.threads
        parts.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let parts = buffer
            pool.run { worker in
                let range = (worker * wordCount / workers)..<((worker + 1) * wordCount / workers)
                parts[worker] = Self.count(
                    range, places: places, documents: documents, wordCount: wordCount, window: window)
            }
        }
        rows = SparseRows(joining: parts.compactMap(\.self), width: wordCount)
    }

    /// For every word, where it stands: document and position.
    private static func places(of documents: [[Int32]], wordCount: Int) -> [[(
        document: Int32, position: Int32
    )]] {
        var places = [[(document: Int32, position: Int32)]](repeating: [], count: wordCount)
        for (document, words) in documents.enumerated() {
            for (position, word) in words.enumerated() {
                places[Int(word)].append((Int32(document), Int32(position)))
            }
        }
        return places
    }

    private static func count(
        _ words: Range<Int>, places: [[(document: Int32, position: Int32)]], documents: [[Int32]],
        wordCount: Int,
        window: Int
    ) -> SparseRows {
        var dense = [Float](repeating: 0, count: wordCount)
        var touched: [Int32] = []
        var starts = [0]
        var columns: [Int32] = []
        var values: [Float] = []
        for word in words {
            for place in places[word] {
                let text = documents[Int(place.document)]
                let position = Int(place.position)
                for near in max(0, position - window)...min(text.count - 1, position + window)
                where near != position {
                    let other = Int(text[near])
                    if dense[other] == 0 { touched.append(text[near]) }
                    dense[other] += 1 / Float(abs(near - position))
                }
            }
            touched.sort()
            for column in touched {
                columns.append(column)
                values.append(dense[Int(column)])
                dense[Int(column)] = 0
            }
            touched.removeAll(keepingCapacity: true)
            starts.append(columns.count)
        }
        return SparseRows(width: wordCount, starts: starts, columns: columns, values: values)
    }

    /// Positive pointwise mutual information with smoothed contexts: max(0, ln(p(w, c) / (p(w) p(c)^.75 …))).
    ///
    /// Source: Levy, Goldberg & Dagan, "Improving distributional similarity with lessons learned from word
    /// embeddings", TACL 2015, equations 3 and 5.
    package func positiveMutualInformation(contextPower: Float = 0.75) -> SparseRows {
        let sums = (0..<rows.count).map { row in
            rows.values[rows.starts[row]..<rows.starts[row + 1]].reduce(0, +)
        }
        let smoothed = sums.map { power($0, contextPower) }
        let total = smoothed.reduce(0, +)
        var starts = [0]
        var columns: [Int32] = []
        var values: [Float] = []
        for row in 0..<rows.count {
            for entry in rows.starts[row]..<rows.starts[row + 1] {
                let column = rows.columns[entry]
                let information = naturalLogarithm(
                    rows.values[entry] / (sums[row] * smoothed[Int(column)] / total))
                if information > 0 {
                    columns.append(column)
                    values.append(information)
                }
            }
            starts.append(columns.count)
        }
        return SparseRows(width: rows.width, starts: starts, columns: columns, values: values)
    }
}

extension SparseRows {
    /// Parts put below each other.
    init(joining parts: [SparseRows], width: Int) {
        var starts = [0]
        for part in parts {
            let offset = starts[starts.count - 1]
            starts.append(contentsOf: part.starts.dropFirst().map { $0 + offset })
        }
        self.init(
            width: width, starts: starts, columns: parts.flatMap(\.columns), values: parts.flatMap(\.values))
    }
}
