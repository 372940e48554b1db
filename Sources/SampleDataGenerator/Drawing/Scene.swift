import FloatKernels

/// A picture being drawn within a frame, with the inks and the dice that belong to it.
///
/// Motifs work in fractions of the frame: (0, 0) is its upper left corner, (1, 1) its lower right one. Lengths
/// are fractions of its width.
struct Scene {
    var canvas: Canvas
    let palette: Palette
    /// Upper left corner and size, in pixels.
    let origin: Point
    let size: Point
    /// 0 for an empty, quiet picture to 1 for a crowded one.
    let density: Float
    var random: RandomGenerator

    func at(_ u: Float, _ v: Float) -> Point { origin + size * Point(u, v) }

    func length(_ fraction: Float) -> Float { size.x * fraction }

    /// A count that grows with how crowded the picture is.
    func count(_ few: Int, _ many: Int) -> Int {
        few + Int((Float(many - few) * density).rounded())
    }

    mutating func fill(_ path: Path, _ colour: Colour) { canvas.fill(path, colour) }

    mutating func disc(_ centre: Point, _ radius: Float, _ colour: Colour) {
        canvas.fill(.circle(centre, radius), colour)
    }

    /// A soft light round a point.
    mutating func glow(_ centre: Point, _ radius: Float, _ colour: Colour, _ strength: Float) {
        canvas.fill(
            .circle(centre, radius),
            .radial(colour.opacity(strength), colour.opacity(0), centre: centre, radius: radius))
    }

    /// The area below a line through the given heights, evenly spaced from the left to the right edge.
    mutating func ground(_ heights: [Float], _ colour: Colour) {
        let last = Float(heights.count - 1)
        let line = heights.enumerated().map { at(Float($0.offset) / last, $0.element) }
        fill(Path(line + [at(1, 1.01), at(0, 1.01)]), colour)
    }
}
