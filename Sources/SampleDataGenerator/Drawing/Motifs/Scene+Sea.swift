import FloatKernels

/// Seafaring: sails, lighthouses, what swims below.
extension Scene {
    mutating func drawSea() {
        sky()
        if palette.isDark { stars(count(10, 30), to: 0.5) }
        switch random.index(below: 3) {
        case 0: sailingShip()
        case 1: lighthouse()
        default: below()
        }
    }

    private mutating func sailingShip() {
        celestialBody(at(random.uniform(0.25...0.75), 0.46), length(random.uniform(0.13...0.22)))
        let hull = at(random.uniform(0.42...0.58), 0.755)
        ship(hull, length(0.44))
        waves(from: 0.78, rows: count(4, 6), radius: 0.105, [palette.far, palette.mid, palette.near])
        birds(count(2, 6), near: at(0.25, 0.4), spread: 0.14, palette.near)
    }

    private mutating func ship(_ keel: Point, _ span: Float) {
        func p(_ x: Float, _ y: Float) -> Point { keel + Point(x, y) * span }
        fill(.stroke([p(-0.12, 0), p(-0.12, -0.86)], width: span * 0.025), palette.near)
        fill(.stroke([p(0.16, 0), p(0.16, -0.74)], width: span * 0.025), palette.near)
        fill(.stroke([p(0.45, -0.12), p(0.68, -0.24)], width: span * 0.022), palette.near)
        let inks = palette.isDark ? [palette.light, palette.accent] : [palette.light, palette.light]
        for (mast, top, wide) in [(-0.12, -0.84, 0.26), (0.16, -0.72, 0.22)] as [(Float, Float, Float)] {
            for sail in 0..<2 {
                let y = top + 0.34 * Float(sail)
                let w = wide * (0.8 + 0.25 * Float(sail))
                fill(
                    .smooth([
                        p(mast - w / 2, y), p(mast + w / 2, y), p(mast + w * 0.66, y + 0.16),
                        p(mast + w * 0.52, y + 0.3), p(mast - w * 0.48, y + 0.3),
                        p(mast - w * 0.36, y + 0.16),
                    ]), inks[sail])
            }
        }
        fill(Path([p(0.3, -0.66), p(0.64, -0.22), p(0.34, -0.18)]), palette.light)
        fill(
            Path([
                p(-0.5, -0.2), p(-0.34, -0.14), p(0.36, -0.12), p(0.52, -0.17), p(0.38, 0.12), p(-0.4, 0.12),
            ]), palette.near)
        fill(Path([p(-0.12, -0.86), p(-0.3, -0.91), p(-0.12, -0.96)]), palette.accent)
    }

    private mutating func lighthouse() {
        let left = random.chance(0.5)
        let base = at(left ? 0.3 : 0.7, 0.8)
        let lamp = base - Point(0, length(0.52))
        let way: Float = left ? 1 : -1
        fill(
            Path([
                lamp, lamp + Point(way * length(1), -length(0.16)),
                lamp + Point(way * length(1), length(0.2)),
            ]), palette.light.opacity(0.4))
        celestialBody(at(left ? 0.76 : 0.24, 0.6), length(0.11))
        waves(from: 0.79, rows: 2, radius: 0.09, [palette.far, palette.mid])
        fill(
            .smooth([
                base + Point(-length(0.3), length(0.14)), base + Point(-length(0.14), -length(0.02)),
                base + Point(length(0.12), -length(0.03)), base + Point(length(0.3), length(0.14)),
                base + Point(0, length(0.2)),
            ]), palette.near)
        let w = length(0.075)
        fill(
            Path([
                base + Point(-w, 0), base + Point(w, 0), lamp + Point(w * 0.62, length(0.03)),
                lamp + Point(-w * 0.62, length(0.03)),
            ]), palette.light)
        for stripe in 0..<3 {
            let (t, u) = (0.12 + 0.3 * Float(stripe), 0.26 + 0.3 * Float(stripe))
            let height = length(0.49)
            let (a, b) = (w * (1 - 0.38 * t), w * (1 - 0.38 * u))
            fill(
                Path([
                    base + Point(-a, -height * t), base + Point(a, -height * t), base + Point(b, -height * u),
                    base + Point(-b, -height * u),
                ]), palette.accent)
        }
        glow(lamp, length(0.13), palette.light, 0.9)
        fill(.rectangle(x: lamp.x - w * 0.5, y: lamp.y - w * 0.5, width: w, height: w), palette.light)
        fill(
            .rectangle(x: lamp.x - w * 0.8, y: lamp.y + w * 0.4, width: w * 1.6, height: w * 0.25),
            palette.near)
        fill(
            Path([
                lamp + Point(-w * 0.7, -w * 0.5), lamp + Point(w * 0.7, -w * 0.5), lamp + Point(0, -w * 1.3),
            ]), palette.near)
        waves(from: 0.89, rows: 3, radius: 0.11, [palette.mid, palette.near])
    }

    private mutating func below() {
        let line = at(0.5, 0.47)
        boat(line + Point(length(random.uniform(-0.15...0.15)), 0), length(0.17))
        canvas.fill(
            .rectangle(x: origin.x, y: line.y, width: size.x, height: size.y - (line.y - origin.y)),
            .vertical(palette.far, palette.near, from: line.y, to: at(0, 0.95).y))
        fill(.rectangle(x: origin.x, y: line.y, width: size.x, height: 1.2), palette.light.opacity(0.7))
        for ray in 0..<4 {
            let x = 0.1 + 0.25 * Float(ray)
            fill(
                Path([at(x, 0.47), at(x + 0.07, 0.47), at(x - 0.02, 0.9), at(x - 0.18, 0.9)]),
                palette.light.opacity(0.07))
        }
        whale(at(0.5, 0.74), length(random.uniform(0.62...0.76)), mirrored: random.chance(0.5))
        for _ in 0..<count(6, 18) {
            fill(
                .ring(at(random.uniform(), random.uniform(0.52...0.95)), outer: 2.4, inner: 1.6),
                palette.light.opacity(0.5))
        }
    }

    private mutating func boat(_ water: Point, _ span: Float) {
        func p(_ x: Float, _ y: Float) -> Point { water + Point(x, y) * span }
        fill(Path([p(-0.5, -0.16), p(0.5, -0.16), p(0.34, 0.1), p(-0.34, 0.1)]), palette.accent)
        fill(.stroke([p(0, -0.1), p(0, -0.95)], width: 1.2), palette.near)
        fill(Path([p(0.06, -0.92), p(0.46, -0.26), p(0.06, -0.26)]), palette.light)
        fill(Path([p(-0.06, -0.8), p(-0.34, -0.26), p(-0.06, -0.26)]), palette.light)
    }

    private mutating func whale(_ centre: Point, _ span: Float, mirrored: Bool) {
        let side: Float = mirrored ? -1 : 1
        func p(_ x: Float, _ y: Float) -> Point { centre + Point(x * side, y) * span }
        fill(
            .smooth([
                p(0.5, 0.02), p(0.42, -0.13), p(0.15, -0.19), p(-0.15, -0.11), p(-0.38, -0.03), p(-0.4, 0.04),
                p(-0.1, 0.14), p(0.25, 0.17), p(0.45, 0.12),
            ]), palette.near.mixed(with: palette.mid, 0.5))
        fill(
            .smooth([
                p(-0.35, 0.01), p(-0.48, -0.12), p(-0.6, -0.13), p(-0.5, 0), p(-0.59, 0.12), p(-0.46, 0.1),
            ]), palette.near.mixed(with: palette.mid, 0.5))
        fill(
            .smooth([p(0.49, 0.05), p(0.2, 0.08), p(-0.06, 0.12), p(0.22, 0.16), p(0.44, 0.12)]),
            palette.light.opacity(0.85))
        fill(.smooth([p(0.16, 0.1), p(0.02, 0.25), p(0.1, 0.26), p(0.25, 0.13)]), palette.near)
        disc(p(0.37, 0), span * 0.014, palette.light)
    }
}
