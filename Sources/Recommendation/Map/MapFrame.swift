import FloatKernels

/// What of the plane is in the picture: nearly all places, the longer side from −1 to 1. The few beyond stand at its edge, so
/// that one that is far off does not make all others small.
struct MapFrame {
    private let centre: SIMD2<Float>
    private let half: SIMD2<Float>
    /// The longer half side.
    private let reach: Float

    /// What lies beyond this share of places, on either side of an axis, may stand at the edge.
    private static let shareOutside = 0.005
    /// How much farther than those within it has to be for that, of their extent.
    private static let shareBeyond: Float = 0.08

    init(_ places: Matrix) {
        let (x, y) = (Self.extent(of: places, axis: 0), Self.extent(of: places, axis: 1))
        centre = SIMD2<Float>(x.lowerBound + x.upperBound, y.lowerBound + y.upperBound) / 2
        half = SIMD2<Float>(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound) / 2
        reach = half.max() > 0 ? half.max() : 1
    }

    private static func extent(of places: Matrix, axis: Int) -> ClosedRange<Float> {
        let values = (0..<places.rows).map { places[$0, axis] }.sorted()
        guard !values.isEmpty else { return 0...0 }
        let cut = Int(Double(values.count) * shareOutside)
        let (low, high) = (values[cut], values[values.count - 1 - cut])
        let margin = shareBeyond * (high - low)
        return max(values[0], low - margin)...min(values[values.count - 1], high + margin)
    }

    func place(x: Float, y: Float) -> (x: Float, y: Float) {
        let place = (SIMD2(x, y) - centre).clamped(lowerBound: -half, upperBound: half) / reach
        return (place.x, place.y)
    }
}
