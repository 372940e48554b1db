/// What a shape is filled with.
enum Paint {
    case solid(Colour)
    /// From `top` at height `from` to `bottom` at height `to`, in pixels downwards.
    case vertical(Colour, Colour, from: Float, to: Float)
    /// From `inner` at the centre to `outer` at the radius, in pixels.
    case radial(Colour, Colour, centre: Point, radius: Float)

    /// The colour at the centre of a pixel.
    func colour(x: Int, y: Int) -> Colour {
        switch self {
        case .solid(let colour):
            return colour
        case .vertical(let top, let bottom, let from, let to):
            return top.mixed(with: bottom, unit((Float(y) + 0.5 - from) / (to - from)))
        case .radial(let inner, let outer, let centre, let radius):
            let offset = Point(Float(x) + 0.5, Float(y) + 0.5) - centre
            return inner.mixed(with: outer, unit(offset.length / radius))
        }
    }

    private func unit(_ value: Float) -> Float { min(max(value, 0), 1) }
}
