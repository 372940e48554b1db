/// The layers once more, in double precision and as plainly as their definitions. One sample, row-major.
enum Twins {
    static func conv2D(
        _ x: [Double], _ weights: [Double], _ bias: [Double], h: Int, w: Int, c: Int, f: Int, kh: Int,
        kw: Int,
        stride: Int, padY: Int, padX: Int
    ) -> [Double] {
        let outH = (h + 2 * padY - kh) / stride + 1, outW = (w + 2 * padX - kw) / stride + 1
        var out: [Double] = []
        for y in 0..<outH {
            for x0 in 0..<outW {
                for filter in 0..<f {
                    var sum = bias[filter]
                    for i in 0..<kh {
                        for j in 0..<kw {
                            let row = y * stride + i - padY, column = x0 * stride + j - padX
                            guard (0..<h).contains(row), (0..<w).contains(column) else { continue }
                            for k in 0..<c {
                                sum +=
                                    x[(row * w + column) * c + k]
                                    * weights[((i * kw + j) * c + k) * f + filter]
                            }
                        }
                    }
                    out.append(sum)
                }
            }
        }
        return out
    }

    /// Positions from `length` on are zero, in and out.
    static func conv1D(
        _ x: [Double], _ weights: [Double], _ bias: [Double], l: Int, c: Int, f: Int, width: Int, length: Int
    ) -> [Double] {
        let masked = x.indices.map { $0 / c < length ? x[$0] : 0 }
        let out = conv2D(
            masked, weights, bias, h: 1, w: l, c: c, f: f, kh: 1, kw: width, stride: 1, padY: 0,
            padX: width / 2)
        return out.indices.map { $0 / f < length ? out[$0] : 0 }
    }

    static func relu(_ x: [Double]) -> [Double] { x.map { max($0, 0) } }

    static func maxPool2D(_ x: [Double], h: Int, w: Int, c: Int, size: Int, stride: Int) -> [Double] {
        var out: [Double] = []
        for y in 0...(h - size) / stride {
            for column in 0...(w - size) / stride {
                for k in 0..<c {
                    var values: [Double] = []
                    for i in 0..<size {
                        for j in 0..<size {
                            values.append(x[((y * stride + i) * w + column * stride + j) * c + k])
                        }
                    }
                    out.append(values.max() ?? 0)
                }
            }
        }
        return out
    }

    /// Over the first `length` positions.
    static func pool(_ x: [Double], c: Int, length: Int, _ reduce: ([Double]) -> Double) -> [Double] {
        (0..<c).map { k in length == 0 ? 0 : reduce((0..<length).map { x[$0 * c + k] }) }
    }

    static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
    static func maximum(_ x: [Double]) -> Double { x.max() ?? 0 }
    static func sum(_ x: [Double]) -> Double { x.reduce(0, +) }

    static func linear(_ x: [Double], _ weights: [Double], _ bias: [Double]) -> [Double] {
        bias.indices.map { j in
            bias[j] + x.indices.reduce(0.0) { $0 + x[$1] * weights[$1 * bias.count + j] }
        }
    }
}
