#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Closed contours. Solid contours are wound one way and holes the other, so shapes unite where they overlap.
struct Path {
    private(set) var contours: [[Point]] = []

    init() {}

    /// - Parameter points: The corners of one solid contour, in either direction.
    init(_ points: [Point]) {
        add(points)
    }

    mutating func add(_ points: [Point]) {
        contours.append(Self.signedArea(points) < 0 ? points.reversed() : points)
    }

    mutating func add(_ other: Path) {
        contours += other.contours
    }

    /// Cuts the outline of another shape out of this one, which must cover it.
    mutating func cut(_ other: Path) {
        contours += other.contours.map { $0.reversed() }
    }

    /// Every point scaled round the origin, then turned, then moved.
    func transformed(scale: Point = Point(1, 1), angle: Float = 0, by offset: Point = .zero) -> Path {
        let (sine, cosine) = (sinf(angle), cosf(angle))
        var result = Path()
        for contour in contours {
            let moved = contour.map { point -> Point in
                let p = point * scale
                return Point(p.x * cosine - p.y * sine, p.x * sine + p.y * cosine) + offset
            }
            // A mirror would turn holes into solids and solids into holes.
            result.contours.append(scale.x * scale.y < 0 ? moved.reversed() : moved)
        }
        return result
    }

    private static func signedArea(_ points: [Point]) -> Float {
        var sum: Float = 0
        for (index, p) in points.enumerated() {
            let q = points[(index + 1) % points.count]
            sum += p.x * q.y - q.x * p.y
        }
        return sum
    }
}
