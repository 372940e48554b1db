import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Trees and houses, each standing on the point given.
extension Scene {
    mutating func roundTree(_ foot: Point, _ height: Float, _ crown: Colour, trunk: Colour) {
        fill(.limb(foot, foot - Point(0, height * 0.6), height * 0.1, height * 0.05), trunk)
        let middle = foot - Point(0, height * 0.66)
        var leaves = Path.circle(middle, height * 0.27)
        leaves.add(.circle(middle + Point(-height * 0.18, height * 0.08), height * 0.18))
        leaves.add(.circle(middle + Point(height * 0.19, height * 0.06), height * 0.19))
        leaves.add(.circle(middle + Point(height * 0.04, -height * 0.16), height * 0.2))
        fill(leaves, crown)
    }

    mutating func pine(_ foot: Point, _ height: Float, _ colour: Colour) {
        var path = Path.rectangle(
            x: foot.x - height * 0.03, y: foot.y - height * 0.2, width: height * 0.06, height: height * 0.2)
        for tier in 0..<3 {
            let base = foot.y - height * (0.12 + 0.24 * Float(tier))
            let half = height * (0.24 - 0.05 * Float(tier))
            path.add([
                Point(foot.x - half, base), Point(foot.x + half, base),
                Point(foot.x, base - height * 0.4),
            ])
        }
        fill(path, colour)
    }

    /// A leafless tree, each branch parting in two.
    mutating func bareTree(_ foot: Point, _ height: Float, _ colour: Colour) {
        var path = Path()
        branch(
            from: foot, angle: -.pi / 2 + random.uniform(-0.12...0.12), length: height * 0.38,
            width: height * 0.085, depth: 5, into: &path)
        fill(path, colour)
    }

    private mutating func branch(
        from start: Point, angle: Float, length: Float, width: Float, depth: Int, into path: inout Path
    ) {
        let end = start + Point(cosf(angle), sinf(angle)) * length
        path.add(.limb(start, end, width, width * 0.62))
        if depth == 0 { return }
        for side: Float in [-1, 1] {
            branch(
                from: end, angle: angle + side * random.uniform(0.25...0.65),
                length: length * random.uniform(0.62...0.82), width: width * 0.62, depth: depth - 1,
                into: &path)
        }
    }

    mutating func cactus(_ foot: Point, _ height: Float, _ colour: Colour) {
        let width = height * 0.16
        func p(_ x: Float, _ y: Float) -> Point { foot + Point(x, -y) * height }
        var path = Path.stroke([p(0, 0), p(0, 0.95)], width: width)
        path.add(.stroke([p(0, 0.35), p(-0.24, 0.4), p(-0.27, 0.68)], width: width * 0.75))
        path.add(.stroke([p(0, 0.48), p(0.23, 0.52), p(0.26, 0.85)], width: width * 0.7))
        fill(path, colour)
    }

    mutating func house(_ foot: Point, _ width: Float, wall: Colour, roof: Colour, light: Colour) {
        let height = width * 0.62
        let x = foot.x - width / 2
        fill(
            .rectangle(
                x: x + width * 0.68, y: foot.y - width * 1.12, width: width * 0.13, height: width * 0.4), roof
        )
        fill(.rectangle(x: x, y: foot.y - height, width: width, height: height), wall)
        fill(
            Path([
                Point(x - width * 0.12, foot.y - height), Point(x + width * 1.12, foot.y - height),
                Point(foot.x, foot.y - width * 1.15),
            ]), roof)
        fill(
            .rectangle(
                x: x + width * 0.14, y: foot.y - height * 0.72, width: width * 0.2, height: width * 0.2),
            light)
        fill(
            .rectangle(
                x: x + width * 0.6, y: foot.y - height * 0.66, width: width * 0.22, height: height * 0.66),
            roof)
    }

    /// A round tower with battlements, or a pointed roof.
    mutating func tower(
        _ foot: Point, width: Float, height: Float, pointed: Bool, _ colour: Colour, roof: Colour
    ) {
        let top = foot.y - height
        fill(.rectangle(x: foot.x - width / 2, y: top, width: width, height: height), colour)
        let wide = width * 0.68
        if pointed {
            let peak = Point(foot.x, top - width * 1.5)
            fill(Path([Point(foot.x - wide, top), Point(foot.x + wide, top), peak]), roof)
            fill(.stroke([peak, peak - Point(0, width * 0.5)], width: 1), roof)
            fill(
                Path([
                    peak - Point(0, width * 0.5), peak + Point(width * 0.5, -width * 0.35),
                    peak - Point(0, width * 0.2),
                ]), palette.accent)
        } else {
            fill(
                .rectangle(x: foot.x - wide, y: top - width * 0.2, width: wide * 2, height: width * 0.3),
                colour)
            for tooth in 0..<3 {
                let x = foot.x - wide + Float(tooth) * wide * 0.75
                fill(.rectangle(x: x, y: top - width * 0.45, width: wide * 0.5, height: width * 0.3), colour)
            }
        }
        fill(
            .limb(
                Point(foot.x, top + width * 0.5), Point(foot.x, top + width * 0.75), width * 0.2, width * 0.2),
            palette.accent.opacity(0.9))
    }
}
