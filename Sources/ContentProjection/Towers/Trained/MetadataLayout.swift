import FloatKernels

/// How an item's metadata become the numbers that a network reads.
///
/// In this order: the most frequent values of `genres` and of every further column (1 where the item has it), bumps
/// over the years (all zero where the year is unknown), and the shape values as they are.
struct MetadataLayout: Sendable, Equatable {
    /// Views over terms with how many of their first terms are read; terms stand by falling frequency.
    let terms: [(view: String, count: Int)]

    static func == (a: MetadataLayout, b: MetadataLayout) -> Bool {
        a.terms.elementsEqual(b.terms, by: ==)
    }

    /// Values of one item.
    var count: Int { terms.reduce(0) { $0 + $1.count } + Self.yearCentres.count + ShapeScale.count }

    private static let maximumTerms = 64
    /// In units of the catalogue's spread of years, around its middle year.
    private static let yearCentres: [Float] = (-4...4).map { Float($0) / 2 }
    private static let yearWidth: Float = 0.5

    init(_ weightings: [(view: String, weighting: TermWeighting)]) {
        terms = weightings.map { ($0.view, min($0.weighting.terms.count, Self.maximumTerms)) }
    }

    /// items × count.
    func rows(_ items: EncodedItems) -> Matrix {
        var rows = Matrix(rows: items.count, columns: count)
        var offset = 0
        for (view, count) in terms {
            addTerms(items[view], count: count, at: offset, to: &rows)
            offset += count
        }
        addYears(items["year"], at: offset, to: &rows)
        if case .points(let shape, _)? = items["shape"] {
            for row in 0..<shape.rows {
                for column in 0..<ShapeScale.count {
                    rows[row, offset + Self.yearCentres.count + column] = shape[row, column]
                }
            }
        }
        return rows
    }

    private func addTerms(_ view: FeatureView?, count: Int, at offset: Int, to rows: inout Matrix) {
        guard case .terms(let sparse)? = view else { return }
        for row in 0..<sparse.count {
            for entry in sparse.starts[row]..<sparse.starts[row + 1] where sparse.columns[entry] < count {
                rows[row, offset + Int(sparse.columns[entry])] = 1
            }
        }
    }

    private func addYears(_ view: FeatureView?, at offset: Int, to rows: inout Matrix) {
        guard case .points(let years, let present)? = view else { return }
        for row in present.indices where present[row] {
            for (index, centre) in Self.yearCentres.enumerated() {
                let distance = Double((years[row, 0] - centre) / Self.yearWidth)
                rows[row, offset + index] = Float(exponential(-distance * distance / 2))
            }
        }
    }
}
