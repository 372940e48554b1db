import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Fantasy: castles, dragons, woods with lanterns in them.
extension Scene {
    mutating func drawFantasy() {
        sky(horizon: 0.85)
        stars(count(15, 45), to: 0.6)
        switch random.index(below: 3) {
        case 0: castleOnCrag()
        case 1: dragonOverHills()
        default: mushroomWood()
        }
    }

    private mutating func castleOnCrag() {
        celestialBody(at(random.uniform(0.3...0.7), 0.46), length(random.uniform(0.18...0.26)))
        ridge(at: 0.74, amplitude: 0.06, steps: 8, palette.far)
        fill(
            Path([at(0.1, 1), at(0.24, 0.82), at(0.3, 0.7), at(0.7, 0.68), at(0.77, 0.8), at(0.92, 1)]),
            palette.mid)
        let towers: [(Float, Float, Float)] = [
            (0.36, 0.075, 0.2), (0.64, 0.08, 0.25), (0.5, 0.12, 0.36), (0.43, 0.06, 0.28),
        ]
        for (x, width, height) in towers {
            tower(
                at(x, 0.72), width: length(width), height: length(height), pointed: random.chance(0.75),
                palette.near, roof: palette.near)
        }
        fill(
            .rectangle(x: at(0.33, 0).x, y: at(0, 0.655).y, width: length(0.34), height: size.y * 0.07),
            palette.near)
        for layer in 0..<count(6, 12) {
            let x = Float(layer) / Float(count(6, 12) - 1)
            pine(at(x, 0.98 + random.uniform(0...0.02)), length(random.uniform(0.18...0.32)), palette.near)
        }
        figure(Figure.rider, at(0.5, 0.965), length(0.16), palette.light)
    }

    private mutating func dragonOverHills() {
        celestialBody(at(0.5, 0.48), length(0.25))
        dragon(at(0.5, 0.47), length(random.uniform(0.62...0.78)), mirrored: random.chance(0.5))
        ridge(at: 0.72, amplitude: 0.07, steps: 7, palette.far)
        hills(at: 0.82, amplitude: 0.02, palette.mid)
        tower(
            at(random.chance(0.5) ? 0.2 : 0.8, 0.88), width: length(0.09), height: length(0.28),
            pointed: true, palette.near, roof: palette.accent)
        hills(at: 0.89, amplitude: 0.015, palette.near)
        figure(Figure.standing, at(0.5, 0.9), length(0.12), palette.near)
    }

    private mutating func dragon(_ c: Point, _ span: Float, mirrored: Bool) {
        let side: Float = mirrored ? -1 : 1
        func p(_ x: Float, _ y: Float) -> Point { c + Point(x * side, y) * span }
        var path = Path([
            p(-0.05, -0.02), p(-0.12, -0.26), p(-0.36, -0.36), p(-0.5, -0.18), p(-0.4, -0.17),
            p(-0.36, -0.06), p(-0.27, -0.1), p(-0.2, 0.03), p(-0.13, -0.02),
        ])
        path.add([
            p(0.07, -0.02), p(0.1, -0.3), p(0.32, -0.42), p(0.5, -0.26), p(0.39, -0.23), p(0.36, -0.11),
            p(0.27, -0.13), p(0.22, 0.01), p(0.14, 0),
        ])
        path.add(.limb(p(-0.08, 0.02), p(0.16, -0.02), span * 0.1, span * 0.09))
        path.add(.stroke([p(0.16, -0.02), p(0.27, 0.03), p(0.34, -0.04)], width: span * 0.05))
        path.add([p(0.31, -0.08), p(0.36, -0.09), p(0.46, -0.03), p(0.36, 0.01)])
        path.add([p(0.33, -0.07), p(0.28, -0.12), p(0.35, -0.08)])
        var tail = p(-0.08, 0.02)
        for joint in 1...7 {
            let t = Float(joint) / 7
            let next = p(-0.08 - 0.36 * t, 0.02 + 0.1 * sinf(t * 4.6))
            path.add(.limb(tail, next, span * 0.085 * (1.08 - t), span * 0.085 * (1 - t * 0.95)))
            tail = next
        }
        path.add([
            tail + Point(0, -span * 0.03), tail + Point(-side * span * 0.07, 0), tail + Point(0, span * 0.03),
        ])
        fill(path, palette.near)
    }

    private mutating func mushroomWood() {
        glow(at(0.5, 0.6), length(0.55), palette.light, 0.4)
        for tree in 0..<count(6, 10) {
            pine(
                at(Float(tree) / 9 + random.uniform(-0.04...0.04), 0.82), length(random.uniform(0.4...0.66)),
                tree % 2 == 0 ? palette.far : palette.mid)
        }
        ground([0.82, 0.81, 0.83, 0.81, 0.82], palette.near)
        for _ in 0..<count(3, 6) {
            mushroom(
                at(random.uniform(0.1...0.9), random.uniform(0.88...0.98)),
                length(random.uniform(0.14...0.26)))
        }
        figure(Figure.child, at(random.uniform(0.35...0.65), 0.86), length(0.15), palette.light)
        for _ in 0..<count(8, 18) {
            let spark = at(random.uniform(), random.uniform(0.4...0.88))
            glow(spark, length(0.03), palette.accent, 0.9)
            disc(spark, length(0.008), palette.light)
        }
    }

    private mutating func mushroom(_ foot: Point, _ height: Float) {
        fill(.limb(foot, foot - Point(0, height * 0.6), height * 0.28, height * 0.18), palette.light)
        let cap = foot - Point(0, height * 0.52)
        fill(Path(Path.arc(cap, Point(height * 0.5, height * 0.48), from: .pi, to: 2 * .pi)), palette.accent)
        for (x, y, r) in [(-0.22, -0.16, 0.07), (0.05, -0.3, 0.08), (0.27, -0.14, 0.06)]
            as [(Float, Float, Float)]
        {
            disc(cap + Point(x, y) * height, r * height, palette.light)
        }
    }
}
