import FloatKernels

/// Space adventure: planets, rockets, lone walkers on far moons.
extension Scene {
    mutating func drawSpace() {
        sky(horizon: 1)
        if palette.isDark { stars(count(30, 80), to: 0.9) }
        switch random.index(below: 3) {
        case 0: moonWalk()
        case 1: rocketLaunch()
        default: greatPlanet()
        }
    }

    private mutating func moonWalk() {
        ringedPlanet(
            at(random.uniform(0.25...0.75), 0.42), length(random.uniform(0.14...0.24)), palette.accent)
        hills(at: 0.72, amplitude: 0.03, palette.far)
        hills(at: 0.82, amplitude: 0.02, palette.near)
        for _ in 0..<count(3, 7) {
            let crater = at(random.uniform(0.05...0.95), random.uniform(0.87...0.97))
            fill(.ellipse(crater, Point(length(0.05), length(0.012))), palette.mid)
        }
        let foot = at(random.uniform(0.3...0.7), 0.835)
        figure(Figure.standing, foot, length(0.17), palette.near)
        disc(foot - Point(0, length(0.155)), length(0.021), palette.light)
        fill(
            .limb(
                foot - Point(length(0.028), length(0.125)), foot - Point(length(0.028), length(0.085)),
                length(0.025), length(0.025)), palette.near)
    }

    private mutating func rocketLaunch() {
        let body = at(random.uniform(0.4...0.6), random.uniform(0.46...0.52))
        let plume = at(body.x / size.x, 1).y
        let moon = at(random.chance(0.5) ? 0.24 : 0.76, 0.42)
        disc(moon, length(0.11), palette.far)
        disc(moon + Point(length(0.03), -length(0.02)), length(0.025), palette.mid)
        disc(moon - Point(length(0.04), -length(0.03)), length(0.018), palette.mid)
        fill(
            Path([
                body + Point(-length(0.03), length(0.15)), body + Point(length(0.03), length(0.15)),
                Point(body.x + length(0.17), plume), Point(body.x - length(0.17), plume),
            ]), palette.accent.opacity(0.85))
        fill(
            Path([
                body + Point(-length(0.016), length(0.15)), body + Point(length(0.016), length(0.15)),
                Point(body.x + length(0.08), plume), Point(body.x - length(0.08), plume),
            ]), palette.light.opacity(0.9))
        for puff in 0..<9 {
            let x = -0.4 + 0.1 * Float(puff)
            disc(
                Point(body.x + length(x), at(0, 1.0).y), length(0.07 + random.uniform(0...0.06)),
                palette.light)
        }
        rocket(body, length(0.2))
    }

    private mutating func greatPlanet() {
        let centre = at(random.uniform(0.2...0.8), 0.98)
        let radius = length(random.uniform(0.5...0.62))
        glow(centre, radius * 1.35, palette.accent, 0.45)
        disc(centre, radius, palette.mid)
        for band in 1..<5 {
            let y = centre.y - radius * (0.95 - 0.21 * Float(band))
            let half = (radius * radius - (y - centre.y) * (y - centre.y)).squareRoot()
            fill(
                .limb(
                    Point(centre.x - half * 0.96, y), Point(centre.x + half * 0.5, y), radius * 0.07,
                    radius * 0.02), band % 2 == 0 ? palette.far : palette.accent.opacity(0.8))
        }
        disc(at(random.uniform(0.15...0.85), random.uniform(0.34...0.4)), length(0.05), palette.far)
        let ship = at(random.uniform(0.3...0.7), random.uniform(0.42...0.5))
        fill(
            .limb(ship - Point(length(0.32), -length(0.12)), ship, 0.5, length(0.018)),
            palette.light.opacity(0.7))
        fill(.star(ship, points: 3, outer: length(0.045), inner: length(0.017), angle: -0.36), palette.light)
    }

    mutating func ringedPlanet(_ centre: Point, _ radius: Float, _ colour: Colour) {
        glow(centre, radius * 1.8, colour, 0.3)
        disc(centre, radius, colour)
        var shade = Path.circle(centre, radius)
        shade.cut(.circle(centre - Point(radius * 0.12, radius * 0.06), radius * 0.86))
        fill(shade, palette.near.opacity(0.25))
        var band = Path.ellipse(.zero, Point(radius * 1.75, radius * 0.42))
        band.cut(.ellipse(.zero, Point(radius * 1.5, radius * 0.31)))
        fill(band.transformed(angle: -0.3, by: centre), palette.light)
        // The upper half of the planet stands in front of the ring.
        let cap = Path(Path.arc(.zero, Point(radius, radius), from: .pi, to: 2 * .pi))
        fill(cap.transformed(angle: -0.3, by: centre), colour)
    }

    private mutating func rocket(_ centre: Point, _ height: Float) {
        func p(_ x: Float, _ y: Float) -> Point { centre + Point(x, y) * height }
        for side: Float in [-1, 1] {
            fill(Path([p(side * 0.14, 0.3), p(side * 0.34, 0.72), p(side * 0.12, 0.66)]), palette.accent)
        }
        fill(
            .smooth([
                p(0, -0.8), p(0.17, -0.2), p(0.18, 0.35), p(0.11, 0.7), p(-0.11, 0.7), p(-0.18, 0.35),
                p(-0.17, -0.2),
            ]), palette.light)
        fill(.smooth([p(0, -0.8), p(0.1, -0.45), p(0, -0.4), p(-0.1, -0.45)]), palette.accent)
        disc(p(0, -0.12), height * 0.1, palette.near)
        disc(p(0, -0.12), height * 0.065, palette.sky)
    }
}
