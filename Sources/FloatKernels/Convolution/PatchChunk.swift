/// A piece of the patches of a convolution, as many vectors as registers hold: three rows of three or of one.
///
/// A patch is kH rows of kW·C values. Where kH is 3 a piece reaches over all three rows; elsewhere it lies within one,
/// cut into parts.
struct PatchChunk: Sendable, Equatable {
    /// Row and first value of the piece's first part.
    let row: Int, start: Int
    /// Vectors of a part: 1 to 3 in a tall piece, 1 or 3 in a flat one. There are `parts` parts, at most three.
    let vectors: Int, parts: Int
    /// Whether the parts lie in rows one below the other, or side by side.
    let isTall: Bool
    /// Values of the last vector of a part that belong to the patch: 8, or fewer at the end of a row.
    let lanes: Int

    /// All pieces of a patch.
    static func all(of convolution: Convolution) -> [PatchChunk] {
        let vectors = (convolution.patchRow + 7) / 8
        let isTall = convolution.kernelHeight == 3
        var chunks: [PatchChunk] = []
        for row in 0..<(isTall ? 1 : convolution.kernelHeight) {
            var next = 0
            while next < vectors {
                let left = vectors - next
                let size = isTall ? min(left, 3) : left >= 9 ? 3 : 1
                let parts = isTall ? 3 : min(3, left)
                let width = isTall ? size : size * parts
                let end = (next + width) * 8
                chunks.append(
                    PatchChunk(
                        row: row, start: next * 8, vectors: size, parts: parts, isTall: isTall,
                        lanes: 8 - max(0, end - convolution.patchRow)))
                next += width
            }
        }
        return chunks
    }

    /// Distance of two parts where rows of patches are `rowStep` apart.
    func step(rowStep: Int) -> Int { isTall ? rowStep : vectors * 8 }
    /// Values of the piece, packed.
    var count: Int { 3 * vectors * 8 }
    /// Whether it is three parts of three whole vectors.
    var isWhole: Bool { vectors == 3 && parts == 3 && lanes == 8 }
}
