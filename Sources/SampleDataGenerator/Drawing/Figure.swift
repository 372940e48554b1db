/// People and animals as silhouettes. Every outline stands on (0, 0), one unit high, and looks to the right.
enum Figure {
    /// A man in a long coat and a hat.
    static var coat: Path {
        var path = head(at: Point(0.01, -0.86), 0.062)
        path.add([p(-0.105, -0.9), p(0.125, -0.91), p(0.12, -0.935), p(-0.1, -0.925)])
        path.add([p(-0.065, -0.92), p(0.075, -0.925), p(0.055, -1), p(-0.045, -1)])
        path.add([
            p(-0.05, -0.8), p(0.06, -0.8), p(0.15, -0.74), p(0.13, -0.4), p(0.16, -0.16), p(-0.17, -0.16),
            p(-0.13, -0.42), p(-0.15, -0.74),
        ])
        path.add(.limb(p(-0.06, -0.2), p(-0.07, -0.015), 0.085, 0.06))
        path.add(.limb(p(0.06, -0.2), p(0.07, -0.015), 0.085, 0.06))
        return path
    }

    static var standing: Path {
        var path = head(at: p(0, -0.92), 0.072)
        path.add(torso(shoulder: 0.15, hip: 0.1, top: -0.82, bottom: -0.46))
        path.add(.limb(p(-0.05, -0.48), p(-0.075, -0.02), 0.11, 0.06))
        path.add(.limb(p(0.05, -0.48), p(0.075, -0.02), 0.11, 0.06))
        path.add(.limb(p(-0.14, -0.78), p(-0.17, -0.46), 0.07, 0.05))
        path.add(.limb(p(0.14, -0.78), p(0.17, -0.46), 0.07, 0.05))
        return path
    }

    static var dress: Path {
        var path = head(at: p(0, -0.91), 0.07)
        path.add(.circle(p(-0.045, -0.955), 0.045))
        path.add([
            p(-0.1, -0.81), p(0.1, -0.81), p(0.065, -0.6), p(0.21, -0.2), p(-0.21, -0.2), p(-0.065, -0.6),
        ])
        path.add(.limb(p(-0.05, -0.22), p(-0.05, -0.02), 0.055, 0.04))
        path.add(.limb(p(0.05, -0.22), p(0.05, -0.02), 0.055, 0.04))
        path.add(.limb(p(-0.1, -0.78), p(-0.19, -0.5), 0.055, 0.04))
        path.add(.limb(p(0.1, -0.78), p(0.19, -0.5), 0.055, 0.04))
        return path
    }

    static var running: Path {
        var path = head(at: p(0.13, -0.93), 0.07)
        path.add(.limb(p(0.08, -0.78), p(-0.02, -0.48), 0.17, 0.13))
        path.add(.stroke([p(0, -0.48), p(0.2, -0.38), p(0.15, -0.12)], width: 0.085))
        path.add(.stroke([p(0.15, -0.12), p(0.23, -0.1)], width: 0.055))
        path.add(.stroke([p(-0.03, -0.48), p(-0.1, -0.24), p(-0.34, -0.2)], width: 0.08))
        path.add(.stroke([p(-0.34, -0.2), p(-0.37, -0.27)], width: 0.055))
        path.add(.stroke([p(0.1, -0.8), p(-0.1, -0.68), p(-0.2, -0.78)], width: 0.06))
        path.add(.stroke([p(0.09, -0.8), p(0.22, -0.62), p(0.34, -0.7)], width: 0.06))
        return path
    }

    /// A dancer with one leg and both arms thrown up.
    static var dancing: Path {
        var path = head(at: p(0.02, -0.86), 0.065)
        path.add(.limb(p(0, -0.75), p(-0.02, -0.5), 0.15, 0.1))
        path.add([p(-0.08, -0.58), p(0.06, -0.6), p(0.27, -0.42), p(0.06, -0.34), p(-0.2, -0.3)])
        path.add(.stroke([p(-0.03, -0.48), p(-0.05, -0.25), p(-0.02, -0.01)], width: 0.065))
        path.add(.stroke([p(0.03, -0.48), p(0.22, -0.4), p(0.4, -0.52)], width: 0.06))
        path.add(.stroke([p(-0.05, -0.77), p(-0.2, -0.86), p(-0.24, -1.04)], width: 0.048))
        path.add(.stroke([p(0.05, -0.77), p(0.2, -0.88), p(0.34, -0.94)], width: 0.048))
        return path
    }

    /// A child holding something up on a string.
    static var child: Path {
        var path = head(at: p(0, -0.84), 0.13)
        path.add(torso(shoulder: 0.14, hip: 0.17, top: -0.7, bottom: -0.32))
        path.add(.limb(p(-0.07, -0.34), p(-0.09, -0.04), 0.12, 0.09))
        path.add(.limb(p(0.07, -0.34), p(0.09, -0.04), 0.12, 0.09))
        path.add(.limb(p(-0.13, -0.64), p(-0.22, -0.4), 0.09, 0.07))
        path.add(.limb(p(0.12, -0.64), p(0.28, -0.88), 0.09, 0.07))
        return path
    }

    static var dog: Path {
        var path = Path.limb(p(-0.4, -0.5), p(0.3, -0.52), 0.34, 0.36)
        for x: Float in [-0.48, -0.36, 0.24, 0.36] { path.add(.limb(p(x, -0.45), p(x, -0.05), 0.12, 0.09)) }
        path.add(.limb(p(0.34, -0.6), p(0.52, -0.82), 0.26, 0.3))
        path.add(.limb(p(0.55, -0.8), p(0.76, -0.74), 0.2, 0.12))
        path.add(.limb(p(0.44, -0.92), p(0.36, -0.7), 0.1, 0.12))
        path.add(.stroke([p(-0.52, -0.6), p(-0.72, -0.84), p(-0.7, -1)], width: 0.08))
        return path
    }

    /// A horse and its rider.
    static var rider: Path {
        var path = Path.limb(p(-0.26, -0.46), p(0.2, -0.46), 0.23, 0.21)
        path.add(.limb(p(0.22, -0.5), p(0.37, -0.74), 0.17, 0.11))
        path.add(.limb(p(0.37, -0.74), p(0.51, -0.63), 0.12, 0.075))
        path.add([p(0.33, -0.78), p(0.36, -0.87), p(0.4, -0.78)])
        path.add(.stroke([p(-0.3, -0.45), p(-0.36, -0.23), p(-0.33, 0)], width: 0.06))
        path.add(.stroke([p(-0.24, -0.42), p(-0.21, -0.22), p(-0.26, 0)], width: 0.06))
        path.add(.stroke([p(0.18, -0.42), p(0.2, -0.2), p(0.17, 0)], width: 0.055))
        path.add(.stroke([p(0.23, -0.42), p(0.35, -0.27), p(0.31, -0.1)], width: 0.055))
        path.add(.stroke([p(-0.37, -0.52), p(-0.47, -0.42), p(-0.46, -0.2)], width: 0.05))
        path.add(.limb(p(-0.06, -0.86), p(-0.07, -0.56), 0.14, 0.12))
        path.add(.stroke([p(-0.05, -0.58), p(0.06, -0.46), p(0.02, -0.3)], width: 0.075))
        path.add(.stroke([p(-0.04, -0.84), p(0.08, -0.7), p(0.2, -0.66)], width: 0.05))
        path.add(head(at: p(-0.03, -0.99), 0.055))
        path.add(.ellipse(p(-0.03, -1.02), Point(0.125, 0.02)))
        path.add([p(-0.09, -1.02), p(0.03, -1.02), p(0.015, -1.1), p(-0.075, -1.1)])
        return path
    }

    private static func p(_ x: Float, _ y: Float) -> Point { Point(x, y) }

    // Arcs choose their steps by radius in pixels, so round parts are made large and scaled down.
    private static func head(at centre: Point, _ radius: Float) -> Path {
        Path.circle(.zero, 30).transformed(scale: Point(radius, radius) / 30, by: centre)
    }

    private static func torso(shoulder: Float, hip: Float, top: Float, bottom: Float) -> Path {
        Path([p(-shoulder, top), p(shoulder, top), p(hip, bottom), p(-hip, bottom)])
    }
}

extension Scene {
    /// A silhouette standing on `foot`, `height` pixels high, looking to the left when mirrored.
    mutating func figure(
        _ outline: Path, _ foot: Point, _ height: Float, _ colour: Colour, mirrored: Bool = false
    ) {
        fill(outline.transformed(scale: Point(mirrored ? -height : height, height), by: foot), colour)
    }
}
