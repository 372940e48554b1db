/// A query for `QuantisedRows`: q = t · g + f with whole numbers g of sixteen bits.
struct QuantisedQuery {
    /// g, two to a word, the lower dimension in the lower half.
    let words: [Int32]
    /// t.
    let scale: Float
    /// What x·q / s may exceed t · c·g by, for every row x; roundings included.
    let slack: Float

    /// Nil where the query's size is such that products leave the range of Float: then only the exact scan serves.
    init?(_ query: UnsafePointer<Float>, dimensions: Int, for rows: QuantisedRows) {
        var size: Float = 0
        for j in 0..<dimensions { size = query[j].isFinite ? max(size, abs(query[j])) : .infinity }
        guard QuantisedRows.sizes.contains(size) else { return nil }
        // c·g stays below 2³¹.
        let limit = min(32_767, (Int32.max / 128) / Int32(2 * rows.pairs))
        guard limit >= 127 else { return nil }
        let scale = size / Float(limit)
        var words = [Int32](repeating: 0, count: rows.pairs)
        var (square, restSquare) = (0.0, 0.0)
        for j in 0..<dimensions {
            let code = max(-limit, min(limit, Int32((query[j] / scale).rounded())))
            words[j / 2] |= j % 2 == 0 ? code & 0xFFFF : code << 16
            let rest = Double(query[j]) - Double(scale) * Double(code)
            square += Double(query[j]) * Double(query[j])
            restSquare += rest * rest
        }
        let (norm, restNorm) = (square.squareRoot(), restSquare.squareRoot())
        let (codeNorm, rowRest) = (Double(rows.codeNorm), Double(rows.restNorm))
        // d roundings of the exact score and a dozen of this bound, each of 2⁻²⁴ of at most ‖x‖ ‖q‖.
        let rounding = Double(dimensions + 16) * 0x1p-23 * norm * (codeNorm + rowRest)
        (self.words, self.scale) = (words, scale)
        slack = Float((norm * rowRest + restNorm * codeNorm + rounding) * 1.0001)
    }
}
