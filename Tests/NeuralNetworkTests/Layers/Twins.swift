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
                                    * weights[((filter * kh + i) * kw + j) * c + k]
                            }
                        }
                    }
                    out.append(sum)
                }
            }
        }
        return out
    }

    /// Positions from `length` on are zero, in and out; without padding an output needs all of its filter's positions.
    static func conv1D(
        _ x: [Double], _ weights: [Double], _ bias: [Double], l: Int, c: Int, f: Int, width: Int, length: Int,
        padding: Int
    ) -> [Double] {
        let masked = x.indices.map { $0 / c < length ? x[$0] : 0 }
        let out = conv2D(
            masked, weights, bias, h: 1, w: l, c: c, f: f, kh: 1, kw: width, stride: 1, padY: 0, padX: padding
        )
        let used = outputs(of: length, width: width, padding: padding)
        return out.indices.map { $0 / f < used ? out[$0] : 0 }
    }

    static func outputs(of length: Int, width: Int, padding: Int) -> Int {
        length == 0 ? 0 : max(0, length + 2 * padding - width + 1)
    }

    static func relu(_ x: [Double]) -> [Double] { x.map { max($0, 0) } }

    /// Windows of 2×2 that fit wholly.
    static func maximum2x2(_ x: [Double], h: Int, w: Int, c: Int) -> [Double] {
        var out: [Double] = []
        for y in 0..<h / 2 {
            for column in 0..<w / 2 {
                for k in 0..<c {
                    let window = [(0, 0), (0, 1), (1, 0), (1, 1)].map { i, j in
                        x[((2 * y + i) * w + 2 * column + j) * c + k]
                    }
                    out.append(window.max() ?? 0)
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
