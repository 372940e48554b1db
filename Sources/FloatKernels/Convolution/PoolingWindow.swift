/// Rectification and the maximum over a window of four pixels, in registers.
///
/// Of equal values the first in reading order wins. A NaN passes rectification; a maximum is NaN where the first
/// pixel of its window is.
enum PoolingWindow {
    /// max(x, 0).
    @inline(__always)
    static func rectified(_ x: SIMD8<Float>) -> SIMD8<Float> { x.replacing(with: 0, where: x .< 0) }

    /// max(x₀, x₁, x₂, x₃).
    @inline(__always)
    static func maximum(
        _ x0: SIMD8<Float>, _ x1: SIMD8<Float>, _ x2: SIMD8<Float>, _ x3: SIMD8<Float>
    ) -> SIMD8<Float> {
        larger(x3, larger(x2, larger(x1, x0)))
    }

    /// The pixel, 0 to 3, that holds the maximum; −1 where it is not above `-bias`, so that its rectified value is 0.
    @inline(__always)
    static func winner(
        _ x0: SIMD8<Float>, _ x1: SIMD8<Float>, _ x2: SIMD8<Float>, _ x3: SIMD8<Float>, bias: SIMD8<Float>
    ) -> SIMD8<Int32> {
        var best = x0, winner = SIMD8<Int32>(repeating: 0)
        winner.replace(with: 1, where: x1 .> best)
        best = larger(x1, best)
        winner.replace(with: 2, where: x2 .> best)
        best = larger(x2, best)
        winner.replace(with: 3, where: x3 .> best)
        best = larger(x3, best)
        winner.replace(with: -1, where: best + bias .<= 0)
        return winner
    }

    @inline(__always)
    private static func larger(_ x: SIMD8<Float>, _ best: SIMD8<Float>) -> SIMD8<Float> {
        best.replacing(with: x, where: x .> best)
    }
}

extension SIMD8<Int32> {
    /// Writes the eight values to `pointer`.
    @inline(__always)
    func store(at pointer: UnsafeMutablePointer<Int32>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: SIMD8<Int32>.self)
    }
}
