/// A table of items in eight bits a value, to find out quickly which items cannot be among the best.
///
/// Row x is s · c + e with s = max|xⱼ| / 127, whole numbers cⱼ in −127 … 127 and the rest e. Then for a query q,
/// held as t · g + f with whole numbers gⱼ of sixteen bits,
///
///     x·q ≤ s (t · c·g + ‖f‖ ‖c‖ + ‖q‖ ‖e‖ / s)    (Cauchy and Schwarz),
///
/// and c·g is summed exactly in 32 bits. The largest ‖c‖ and ‖e‖ / s of all rows serve for every row, so that beside its
/// codes a row costs one number. A row that does not fit (not finite, or of a size whose products leave the range of
/// Float) has NaN for its scale: it counts as a candidate always.
struct QuantisedRows: Sendable {
    /// Rows that stand side by side: for two dimensions at a time, sixteen rows of two codes.
    static let block = 16

    /// Blocks × pairs of dimensions × 16 rows × 2.
    let codes: [Int8]
    /// s, one a row; zeros behind the last row.
    let scales: [Float]
    /// Pairs of dimensions; an odd last dimension has a zero beside it.
    let pairs: Int
    /// The largest ‖c‖ of all rows.
    let codeNorm: Float
    /// The largest ‖e‖ / s of all rows.
    let restNorm: Float
    /// What the rounding of products near zero may add to a score. Biases need none: they come in by one addition on
    /// either side, and rounding keeps the order.
    static let margin: Float = 0x1p-120

    /// The sizes whose products with each other are normal numbers.
    static let sizes: ClosedRange<Float> = 0x1p-60...0x1p60

    /// The table in eight bits.
    init(_ rows: ItemRows, pool: ThreadPool?) {
        let blocks = (rows.count + Self.block - 1) / Self.block
        let pairs = (rows.dimensions + 1) / 2
        let blockSize = pairs * 2 * Self.block
        var codes = [Int8](repeating: 0, count: blocks * blockSize)
        var scales = [Float](repeating: 0, count: blocks * Self.block)
        var norms = [(code: Float, rest: Float)](repeating: (0, 0), count: blocks)
        codes.withUnsafeMutableBufferPointer { codes in
            scales.withUnsafeMutableBufferPointer { scales in
                norms.withUnsafeMutableBufferPointer { norms in
                    guard let codes = codes.baseAddress, let scales = scales.baseAddress,
                        let norms = norms.baseAddress
                    else { return }
                    share(blocks, multiple: 1, pool) { range in
                        for block in range {
                            norms[block] = quantise(
                                rows, block: block, codes + block * blockSize, scales + block * Self.block)
                        }
                    }
                }
            }
        }
        (self.codes, self.scales, self.pairs) = (codes, scales, pairs)
        codeNorm = norms.reduce(0) { max($0, $1.code) }
        // The quotient x / s was rounded twice, each time by at most 127 · 2⁻²³.
        restNorm = norms.reduce(0) { max($0, $1.rest) } * 1.0001 + 4e-5 * Float(2 * pairs).squareRoot()
    }
}

/// Writes the codes and scales of up to sixteen rows; returns their largest ‖c‖ and ‖e‖ / s.
private func quantise(
    _ rows: ItemRows, block: Int, _ codes: UnsafeMutablePointer<Int8>, _ scales: UnsafeMutablePointer<Float>
) -> (code: Float, rest: Float) {
    var largest: (code: Float, rest: Float) = (0, 0)
    let start = block * QuantisedRows.block
    for lane in 0..<min(QuantisedRows.block, rows.count - start) {
        let row = rows.base + (start + lane) * rows.dimensions
        var size: Float = 0
        for j in 0..<rows.dimensions { size = row[j].isFinite ? max(size, abs(row[j])) : .infinity }
        let bias = rows.biases.map { $0[start + lane] } ?? 0
        guard (QuantisedRows.sizes.contains(size) || size == 0) && bias.isFinite else {
            scales[lane] = .nan
            continue
        }
        scales[lane] = size / 127
        let inverse = size == 0 ? 0 : 127 / size
        var (codeSquare, restSquare): (Float, Float) = (0, 0)
        for j in 0..<rows.dimensions {
            let quotient = row[j] * inverse
            let code = quotient.rounded()
            codes[(j / 2 * QuantisedRows.block + lane) * 2 + j % 2] = Int8(code)
            codeSquare.addProduct(code, code)
            restSquare.addProduct(quotient - code, quotient - code)
        }
        largest.code = max(largest.code, codeSquare.squareRoot())
        largest.rest = max(largest.rest, restSquare.squareRoot())
    }
    return largest
}
