extension Tridiagonalisation {
    /// Makes T diagonal, and applies the rotations that do so to pairs of `rows`, an n × n matrix: with Qᵀ given,
    /// its rows become the eigenvectors of A, row i belonging to `diagonal[i]`.
    ///
    /// The implicit QL algorithm with Wilkinson's shift, at most sixty steps a value (two or three are usual).
    mutating func diagonalise(rotating rows: inout [Double], pool: ThreadPool) {
        let n = diagonal.count
        var rotations: [PlaneRotation] = []
        rotations.reserveCapacity(PlaneRotation.batch + n)
        for first in 0..<n {
            for _ in 0..<60 {
                let last = endOfBlock(from: first)
                if last == first { break }
                step(first, last, &rotations)
                if rotations.count >= PlaneRotation.batch {
                    PlaneRotation.apply(rotations, to: &rows, columns: n, pool: pool)
                    rotations.removeAll(keepingCapacity: true)
                }
            }
        }
        PlaneRotation.apply(rotations, to: &rows, columns: n, pool: pool)
    }

    /// The last index of the block that begins at `first`: the off-diagonal after it is negligible.
    private func endOfBlock(from first: Int) -> Int {
        var last = first
        while last + 1 < diagonal.count {
            let scale = abs(diagonal[last]) + abs(diagonal[last + 1])
            if abs(offDiagonal[last]) <= 0x1p-53 * scale { break }
            last += 1
        }
        return last
    }

    /// One QL step on first...last, from the last row up to the first.
    private mutating func step(_ first: Int, _ last: Int, _ rotations: inout [PlaneRotation]) {
        var g = diagonal[last] - diagonal[first] + shiftCorrection(first)
        var sine = 1.0
        var cosine = 1.0
        var carried = 0.0
        for i in stride(from: last - 1, through: first, by: -1) {
            let f = sine * offDiagonal[i]
            let b = cosine * offDiagonal[i]
            let length = (f * f + g * g).squareRoot()
            offDiagonal[i + 1] = length
            guard length > 0 else {
                // Underflow: the block has come apart here, and the next step starts anew.
                diagonal[i + 1] -= carried
                offDiagonal[last] = 0
                return
            }
            sine = f / length
            cosine = g / length
            let rest = diagonal[i + 1] - carried
            let turned = (diagonal[i] - rest) * sine + 2 * cosine * b
            carried = sine * turned
            diagonal[i + 1] = rest + carried
            g = cosine * turned - b
            rotations.append(PlaneRotation(row: i, cosine: cosine, sine: sine))
        }
        diagonal[first] -= carried
        offDiagonal[first] = g
        offDiagonal[last] = 0
    }

    /// Wilkinson's shift is the eigenvalue of the leading 2 × 2 block nearer to its first element; this is the
    /// first element less the shift.
    private func shiftCorrection(_ first: Int) -> Double {
        let e = offDiagonal[first]
        let g = (diagonal[first + 1] - diagonal[first]) / (2 * e)
        let length = (g * g + 1).squareRoot()
        return e / (g + (g < 0 ? -length : length))
    }
}
