/// One operand of a matrix product as the product sees it, after transposition: element (i, p) stands at
/// `base[i × outerStride + p × depthStride]`, where i runs along the rows of C for the left operand or along
/// the columns of C for the right one, and p along the depth. One of the two strides is 1.
struct ProductOperand {
    let base: UnsafePointer<Float>
    let outerStride: Int
    let depthStride: Int

    /// The left operand, stored m × k, or k × m where it is transposed.
    static func left(_ a: UnsafePointer<Float>, stride: Int, transposed: Bool) -> ProductOperand {
        ProductOperand(base: a, outerStride: transposed ? 1 : stride, depthStride: transposed ? stride : 1)
    }

    /// The right operand, stored k × n, or n × k where it is transposed.
    static func right(_ b: UnsafePointer<Float>, stride: Int, transposed: Bool) -> ProductOperand {
        ProductOperand(base: b, outerStride: transposed ? stride : 1, depthStride: transposed ? 1 : stride)
    }

    /// The same operand, seen from outer index `outer` and depth `depth` on.
    func advanced(outer: Int, depth: Int) -> ProductOperand {
        ProductOperand(
            base: base + outer * outerStride + depth * depthStride, outerStride: outerStride,
            depthStride: depthStride)
    }

    /// Copies `count` × `depth` elements into panels of `width` outer indices: within a panel, the `width`
    /// elements of one depth step lie side by side. The last panel is filled up with zeros.
    @inline(__always)
    func pack(count: Int, depth: Int, width: Int, into panels: UnsafeMutablePointer<Float>) {
        for start in Swift.stride(from: 0, to: count, by: width) {
            let panel = panels + start * depth
            let source = base + start * outerStride
            if start + width > count {
                packPartial(source, count: count - start, depth: depth, width: width, into: panel)
            } else if outerStride == 1 {
                for p in 0..<depth {
                    for i in 0..<width { panel[p * width + i] = source[p * depthStride + i] }
                }
            } else {
                for p in 0..<depth {
                    for i in 0..<width { panel[p * width + i] = source[i * outerStride + p] }
                }
            }
        }
    }

    @inline(never)
    private func packPartial(
        _ source: UnsafePointer<Float>, count: Int, depth: Int, width: Int,
        into panel: UnsafeMutablePointer<Float>
    ) {
        for p in 0..<depth {
            for i in 0..<width {
                panel[p * width + i] = i < count ? source[i * outerStride + p * depthStride] : 0
            }
        }
    }
}
