import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sports drama: lanes, flying balls, the climb.
extension Scene {
    mutating func drawSports() {
        switch random.index(below: 3) {
        case 0: track()
        case 1: pitch()
        default: climb()
        }
    }

    private mutating func track() {
        sky(horizon: 0.6)
        floodlights()
        ground([0.58, 0.56, 0.555, 0.56, 0.58], palette.far)
        ground([0.66, 0.66], palette.mid)
        for lane in 0...6 {
            let x = Float(lane) / 6
            fill(
                Path([
                    at(0.3 + 0.4 * x, 0.66), at(0.305 + 0.4 * x, 0.66), at(-0.48 + 1.98 * x, 1.01),
                    at(-0.52 + 1.98 * x, 1.01),
                ]), palette.light.opacity(0.85))
        }
        let runners = count(1, 3)
        for runner in 0..<runners {
            let x = runners == 1 ? 0.5 : 0.24 + 0.52 * Float(runner) / Float(runners - 1)
            let first = runner == runners / 2
            figure(
                Figure.running, at(x, first ? 0.93 : 0.85), length(first ? 0.42 : 0.3),
                first ? palette.near : palette.near.opacity(0.75))
        }
    }

    private mutating func floodlights() {
        for side: Float in [0.12, 0.88] {
            let lamp = at(side, 0.36)
            glow(lamp, length(0.3), palette.light, 0.8)
            fill(.stroke([lamp, at(side, 0.62)], width: length(0.014)), palette.near)
            fill(
                .rectangle(
                    x: lamp.x - length(0.065), y: lamp.y - length(0.04), width: length(0.13),
                    height: length(0.08)), palette.near)
            for cell in 0..<6 {
                disc(
                    lamp + Point(length(-0.04 + 0.04 * Float(cell % 3)), length(cell < 3 ? -0.018 : 0.018)),
                    length(0.014), palette.light)
            }
        }
    }

    private mutating func pitch() {
        canvas.fill(.rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y), .solid(palette.sky))
        for stripe in 0..<5 {
            fill(
                .rectangle(
                    x: origin.x, y: at(0, 0.5 + 0.1 * Float(stripe)).y, width: size.x,
                    height: size.y * 0.1 + 1), stripe % 2 == 0 ? palette.mid : palette.far)
        }
        fill(.rectangle(x: origin.x, y: at(0, 0.497).y, width: size.x, height: length(0.012)), palette.light)
        fill(.ring(at(0.5, 0.98), outer: length(0.4), inner: length(0.385)), palette.light)
        let ball = at(random.uniform(0.58...0.76), random.uniform(0.34...0.4))
        let foot = at(0.3, 0.9)
        for step in 1..<14 {
            let t = Float(step) / 14
            let p = foot.mixed(with: ball, t) - Point(0, length(0.22) * sinf(t * .pi))
            disc(p, length(0.006), palette.light)
        }
        figure(Figure.running, foot, length(0.46), palette.near)
        leatherBall(ball, length(random.uniform(0.1...0.14)))
    }

    private mutating func leatherBall(_ centre: Point, _ radius: Float) {
        disc(centre, radius, palette.light)
        fill(.star(centre, points: 5, outer: radius * 0.4, inner: radius * 0.33, angle: 0.2), palette.accent)
        for seam in 0..<5 {
            let a = 0.2 + Float(seam) * 2 * .pi / 5
            let way = Point(cosf(a), sinf(a)) * radius
            fill(.stroke([centre + way * 0.4, centre + way * 0.72], width: radius * 0.07), palette.near)
            fill(
                .star(centre + way * 0.84, points: 5, outer: radius * 0.17, inner: radius * 0.14, angle: a),
                palette.accent)
        }
        fill(.ring(centre, outer: radius * 1.04, inner: radius * 0.95), palette.near)
    }

    private mutating func climb() {
        sky()
        celestialBody(at(0.28, 0.44), length(0.15))
        ridge(at: 0.62, amplitude: 0.08, steps: 8, palette.far)
        let (a, b): (Float, Float) = (0.92, 0.62)
        fill(Path([at(0, a), at(1, b), at(1, 1.01), at(0, 1.01)]), palette.near)
        fill(Path([at(0, a + 0.05), at(1, b + 0.05), at(1, b + 0.058), at(0, a + 0.058)]), palette.accent)
        for cyclist in 0..<count(1, 3) {
            let x = 0.62 - 0.22 * Float(cyclist)
            bicycle(at(x, a + (b - a) * x), length(0.2), ink: cyclist == 0 ? palette.accent : palette.mid)
        }
    }

    private mutating func bicycle(_ ground: Point, _ span: Float, ink: Colour) {
        let turn: Float = -0.42
        func p(_ x: Float, _ y: Float) -> Point {
            ground + Point(x * cosf(turn) - y * sinf(turn), x * sinf(turn) + y * cosf(turn)) * span
        }
        for x: Float in [-0.42, 0.42] {
            fill(.ring(p(x, -0.26), outer: span * 0.25, inner: span * 0.2), palette.near)
        }
        fill(
            .stroke(
                [p(-0.42, -0.26), p(-0.14, -0.62), p(0.3, -0.62), p(0, -0.24), p(-0.14, -0.62)],
                width: span * 0.05), ink)
        fill(.stroke([p(0.42, -0.26), p(0.3, -0.72), p(0.4, -0.74)], width: span * 0.05), ink)
        var body = Path.limb(p(-0.14, -0.74), p(0.16, -1.06), span * 0.16, span * 0.2)
        body.add(.stroke([p(-0.12, -0.7), p(0.13, -0.55), p(0, -0.2)], width: span * 0.1))
        body.add(.stroke([p(0.16, -1.04), p(0.26, -0.84), p(0.38, -0.76)], width: span * 0.08))
        body.add(.circle(p(0.3, -1.2), span * 0.115))
        fill(body, palette.near)
    }
}
