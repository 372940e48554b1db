import CollaborativeFiltering
import ContentProjection

/// A baseline: an item is worth the sum of its similarities to what the user likes, a similarity being the cosines over
/// genres, further columns, words of the title and of the description together.
///
/// All of them are dot products, so what a user likes is added up first, and no two items are ever compared.
struct ContentNeighbours: Sendable {
    /// Entries of item i are `starts[i] ..< starts[i + 1]`; terms are numbered over all kinds of content.
    private var starts = [0]
    private var terms: [Int32] = []
    private var weights: [Float] = []
    private let termCount: Int

    /// - Parameters:
    ///   - parts: numbers of items, and their content, all from one encoder.
    ///   - itemCount: items that are in no part are like nothing.
    init(_ parts: [(items: [Int], content: EncodedItems)], itemCount: Int) {
        var rows = [[(term: Int32, weight: Float)]](repeating: [], count: itemCount)
        var width = 0
        for name in (parts.first?.content.views.keys.sorted() ?? []) {
            guard case .terms(let first)? = parts.first?.content[name] else { continue }
            for (items, content) in parts {
                guard case .terms(let view)? = content[name] else { continue }
                for (row, item) in items.enumerated() {
                    for entry in view.starts[row]..<view.starts[row + 1] {
                        rows[item].append((Int32(width) + view.columns[entry], view.values[entry]))
                    }
                }
            }
            width += first.width
        }
        for row in rows {
            terms += row.map(\.term)
            weights += row.map(\.weight)
            starts.append(terms.count)
        }
        termCount = width
    }

    /// The scores of all items for somebody who likes some of them.
    func scores(liking liked: [Int]) -> [Float] {
        var taste = [Float](repeating: 0, count: termCount)
        for item in liked {
            for entry in starts[item]..<starts[item + 1] { taste[Int(terms[entry])] += weights[entry] }
        }
        return taste.withUnsafeBufferPointer { taste in
            terms.withUnsafeBufferPointer { terms in
                weights.withUnsafeBufferPointer { weights in
                    (0..<starts.count - 1).map { item in
                        var sum: Float = 0
                        for entry in starts[item]..<starts[item + 1] {
                            sum += weights[entry] * taste[Int(terms[entry])]
                        }
                        return sum
                    }
                }
            }
        }
    }
}
