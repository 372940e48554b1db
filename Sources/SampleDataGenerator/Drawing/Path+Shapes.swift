#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Path {
    static func rectangle(x: Float, y: Float, width: Float, height: Float) -> Path {
        Path([Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)])
    }

    static func circle(_ centre: Point, _ radius: Float) -> Path {
        ellipse(centre, Point(radius, radius))
    }

    static func ellipse(_ centre: Point, _ radii: Point) -> Path {
        Path(arc(centre, radii, from: 0, to: 2 * .pi))
    }

    static func ring(_ centre: Point, outer: Float, inner: Float) -> Path {
        var path = circle(centre, outer)
        path.cut(circle(centre, inner))
        return path
    }

    /// A line with round ends through all the points.
    static func stroke(_ points: [Point], width: Float) -> Path {
        var path = Path()
        for (start, end) in zip(points, points.dropFirst()) {
            path.add(limb(start, end, width, width))
        }
        return path
    }

    /// A line with round ends whose width goes from one to the other: a limb, a trunk, a beam.
    static func limb(_ start: Point, _ end: Point, _ startWidth: Float, _ endWidth: Float) -> Path {
        let along = end - start
        let angle = atan2f(along.y, along.x)
        return Path(
            arc(start, Point(startWidth, startWidth) / 2, from: angle + .pi / 2, to: angle + 1.5 * .pi)
                + arc(end, Point(endWidth, endWidth) / 2, from: angle - .pi / 2, to: angle + .pi / 2))
    }

    /// A star or, with an inner radius near the outer one, a cog.
    static func star(_ centre: Point, points: Int, outer: Float, inner: Float, angle: Float = -.pi / 2)
        -> Path
    {
        Path(
            (0..<2 * points).map { index in
                let a = angle + Float(index) * .pi / Float(points)
                return centre + Point(cosf(a), sinf(a)) * (index % 2 == 0 ? outer : inner)
            })
    }

    /// The smooth closed curve through the points (uniform Catmull–Rom).
    static func smooth(_ points: [Point]) -> Path {
        let n = points.count
        var outline: [Point] = []
        for i in 0..<n {
            let (a, b) = (points[(i + n - 1) % n], points[i])
            let (c, d) = (points[(i + 1) % n], points[(i + 2) % n])
            for step in 0..<8 {
                let t = Float(step) / 8
                let cubic = (3 * b - a - 3 * c + d) * (t * t * t)
                let square = (2 * a - 5 * b + 4 * c - d) * (t * t)
                outline.append((2 * b + (c - a) * t + square + cubic) / 2)
            }
        }
        return Path(outline)
    }

    /// Points on an ellipse, the ends included.
    static func arc(_ centre: Point, _ radii: Point, from start: Float, to end: Float) -> [Point] {
        let steps = max(6, Int(abs(end - start) * max(radii.x, radii.y).squareRoot() * 2.5))
        return (0...steps).map { step in
            let a = start + (end - start) * Float(step) / Float(steps)
            return centre + Point(cosf(a), sinf(a)) * radii
        }
    }
}
