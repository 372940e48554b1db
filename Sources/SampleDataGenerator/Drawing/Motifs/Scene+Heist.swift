import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Heist: the vault, the beams, the stone, the getaway.
extension Scene {
    mutating func drawHeist() {
        switch random.index(below: 4) {
        case 0: vault()
        case 1: beams()
        case 2: keyhole()
        default: getaway()
        }
    }

    private mutating func vault() {
        fill(.rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y), palette.sky)
        for line in 1..<8 {
            fill(
                .rectangle(x: at(Float(line) / 8, 0).x, y: origin.y, width: 0.7, height: size.y), palette.far)
        }
        let centre = at(0.5, 0.62)
        let r = length(0.36)
        disc(centre + Point(length(0.025), length(0.03)), r, palette.near.opacity(0.5))
        disc(centre, r, palette.mid)
        fill(.ring(centre, outer: r, inner: r * 0.92), palette.accent)
        let marks = 36
        for mark in 0..<marks {
            let a = Float(mark) * 2 * .pi / Float(marks)
            let way = Point(cosf(a), sinf(a)) * r
            let long: Float = mark % 3 == 0 ? 0.72 : 0.8
            fill(
                .stroke([centre + way * long, centre + way * 0.86], width: mark % 3 == 0 ? 1.6 : 0.8),
                palette.light)
        }
        disc(centre, r * 0.58, palette.near)
        let turn = random.uniform(0...1)
        for spoke in 0..<5 {
            let a = turn + Float(spoke) * 2 * .pi / 5
            let end = centre + Point(cosf(a), sinf(a)) * r * 0.5
            fill(.limb(centre, end, r * 0.1, r * 0.07), palette.light)
            disc(end, r * 0.075, palette.accent)
        }
        disc(centre, r * 0.14, palette.accent)
        crew(at(0.5, 0.985), count(2, 5))
    }

    /// People in coats, side by side, their backs to us.
    private mutating func crew(_ foot: Point, _ members: Int) {
        for member in 0..<members {
            let x = (Float(member) - Float(members - 1) / 2) * 0.15
            let outline = member % 2 == 0 ? Figure.coat : Figure.dress
            figure(
                outline, foot + Point(length(x), 0), length(random.uniform(0.25...0.29)), palette.near,
                mirrored: member > members / 2)
        }
    }

    private mutating func beams() {
        fill(.rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y), palette.sky)
        canvas.fill(
            Path([at(0.3, 0.3), at(0.7, 0.3), at(0.92, 0.9), at(0.08, 0.9)]),
            .vertical(palette.glow, palette.sky, from: at(0, 0.3).y, to: at(0, 0.95).y))
        ground([0.88, 0.88], palette.near)
        fill(Path([at(0.42, 0.7), at(0.58, 0.7), at(0.62, 0.88), at(0.38, 0.88)]), palette.mid)
        fill(
            .rectangle(x: at(0.39, 0).x, y: at(0, 0.68).y, width: size.x * 0.22, height: size.y * 0.025),
            palette.far)
        diamond(at(0.5, 0.6), length(random.uniform(0.12...0.16)))
        for _ in 0..<count(5, 11) {
            let y = random.uniform(0.42...0.86)
            fill(
                Path.stroke([at(-0.05, y), at(1.05, y + random.uniform(-0.28...0.28))], width: 1.1),
                palette.isDark ? palette.accent.opacity(0.85) : palette.accent)
        }
        // A thief on a rope.
        let hand = at(random.chance(0.5) ? 0.2 : 0.8, 0.5)
        fill(.stroke([Point(hand.x, origin.y), hand], width: 1.2), palette.near)
        fill(
            Figure.running.transformed(
                scale: Point(length(0.3), length(0.3)), angle: .pi * 0.95, by: hand - Point(0, length(0.06))),
            palette.near)
    }

    private mutating func diamond(_ centre: Point, _ r: Float) {
        func p(_ x: Float, _ y: Float) -> Point { centre + Point(x, y) * r }
        glow(centre, r * 2.2, palette.light, 0.55)
        fill(Path([p(-1, -0.25), p(-0.55, -0.75), p(0.55, -0.75), p(1, -0.25), p(0, 1)]), palette.light)
        fill(Path([p(-1, -0.25), p(-0.35, -0.25), p(0, 1)]), palette.accent.opacity(0.35))
        fill(Path([p(0.35, -0.25), p(1, -0.25), p(0, 1)]), palette.accent.opacity(0.6))
        fill(Path([p(-0.55, -0.75), p(0, -0.75), p(-0.35, -0.25)]), palette.accent.opacity(0.25))
        fill(Path([p(0.55, -0.75), p(1, -0.25), p(0.35, -0.25)]), palette.accent.opacity(0.4))
    }

    private mutating func keyhole() {
        fill(
            .rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y),
            palette.isDark ? palette.near : palette.accent)
        let inside = palette.isDark ? palette.accent : palette.light
        let head = at(0.5, 0.5)
        var hole = Path.circle(head, length(0.24))
        hole.add([
            head + Point(-length(0.12), length(0.1)), head + Point(length(0.12), length(0.1)), at(0.76, 0.94),
            at(0.24, 0.94),
        ])
        fill(hole, inside)
        let towers: [(Float, Float)] = [(0.3, 0.1), (0.37, 0.15), (0.6, 0.13), (0.68, 0.08)]
        for (x, height) in towers {
            fill(
                .rectangle(
                    x: at(x, 0).x, y: at(0, 0.94 - height).y, width: length(0.06), height: size.y * height),
                palette.mid.opacity(0.6))
        }
        figure(Figure.coat, at(0.5, 0.945), length(0.5), palette.near, mirrored: random.chance(0.5))
        let bag = at(0.6, 0.87)
        fill(.rectangle(x: bag.x, y: bag.y, width: length(0.11), height: length(0.08)), palette.near)
        ground([0.94, 0.94], palette.isDark ? palette.near : palette.accent)
    }

    private mutating func getaway() {
        sky(horizon: 0.8)
        slicedDisc(at(0.5, 0.56), length(0.24), palette.accent)
        skyline(at: 0.7, tall: 0.2, lit: 0.25, palette.far)
        ground([0.74, 0.74], palette.near)
        for dash in 0..<5 {
            let t = Float(dash) / 5
            let (top, bottom) = (0.76 + 0.24 * t * t, 0.76 + 0.24 * (t + 0.1) * (t + 0.1))
            let (w, v) = (0.008 + 0.035 * t, 0.008 + 0.035 * (t + 0.1))
            fill(
                Path([at(0.5 - w, top), at(0.5 + w, top), at(0.5 + v, bottom), at(0.5 - v, bottom)]),
                palette.accent)
        }
        car(at(random.uniform(0.4...0.6), 0.9), length(0.5), mirrored: random.chance(0.5))
    }

    private mutating func car(_ middle: Point, _ span: Float, mirrored: Bool) {
        let side: Float = mirrored ? -1 : 1
        func p(_ x: Float, _ y: Float) -> Point { middle + Point(x * side, y) * span }
        fill(Path([p(0.5, -0.11), p(1.3, -0.2), p(1.3, 0.08), p(0.5, -0.07)]), palette.light.opacity(0.4))
        fill(
            .smooth([
                p(-0.5, -0.05), p(-0.49, -0.17), p(-0.28, -0.2), p(-0.14, -0.33), p(0.1, -0.33),
                p(0.24, -0.2), p(0.48, -0.15), p(0.5, -0.04), p(0.3, -0.02), p(-0.3, -0.02),
            ]), palette.mid)
        fill(
            .smooth([p(-0.2, -0.2), p(-0.11, -0.3), p(0.08, -0.3), p(0.17, -0.2), p(0, -0.19)]), palette.light
        )
        fill(.stroke([p(-0.48, -0.11), p(0.48, -0.11)], width: span * 0.015), palette.accent)
        for x: Float in [-0.3, 0.3] {
            disc(p(x, -0.02), span * 0.085, palette.near)
            disc(p(x, -0.02), span * 0.045, palette.light)
        }
    }
}
