import FloatKernels

/// Musical: spotlights, curtains, keys, a record that turns.
extension Scene {
    mutating func drawMusical() {
        switch random.index(below: 3) {
        case 0: spotlights()
        case 1: curtain()
        default: record()
        }
    }

    private mutating func spotlights() {
        sky(horizon: 1)
        ground([0.86, 0.86], palette.near)
        let beams: [Float] = density > 0.5 ? [0.05, 0.5, 0.95] : [0.1, 0.9]
        for lamp in beams {
            fill(
                Path([
                    at(lamp - 0.03, 0.24), at(lamp + 0.03, 0.24), at(0.5 + (lamp - 0.5) * -0.2 + 0.2, 0.91),
                    at(0.5 + (lamp - 0.5) * -0.2 - 0.2, 0.91),
                ]), palette.accent.opacity(0.3))
        }
        fill(.ellipse(at(0.5, 0.91), Point(length(0.34), length(0.05))), palette.accent)
        figure(
            Figure.dancing, at(0.5, 0.91), length(0.56), palette.isDark ? palette.near : palette.mid,
            mirrored: random.chance(0.5))
        for _ in 0..<count(4, 10) {
            note(
                at(random.uniform(0.08...0.92), random.uniform(0.32...0.6)),
                length(random.uniform(0.06...0.09)))
        }
    }

    private mutating func note(_ foot: Point, _ height: Float) {
        let colour = palette.isDark ? palette.light : palette.near
        fill(
            Path.ellipse(.zero, Point(height * 0.24, height * 0.17)).transformed(angle: -0.4, by: foot),
            colour)
        fill(
            .stroke(
                [foot + Point(height * 0.2, 0), foot + Point(height * 0.2, -height)], width: height * 0.08),
            colour)
        fill(
            .limb(
                foot + Point(height * 0.2, -height), foot + Point(height * 0.5, -height * 0.65),
                height * 0.14, height * 0.04), colour)
    }

    private mutating func curtain() {
        sky(horizon: 0.9)
        glow(at(0.5, 0.7), length(0.55), palette.light, 0.6)
        ground([0.88, 0.88], palette.near)
        fill(.ellipse(at(0.5, 0.91), Point(length(0.25), length(0.03))), palette.light)
        figure(random.chance(0.5) ? Figure.dancing : Figure.dress, at(0.5, 0.91), length(0.44), palette.near)
        if random.chance(0.5) {
            figure(Figure.dancing, at(0.34, 0.91), length(0.4), palette.near, mirrored: true)
        }
        let red = palette.isDark ? palette.accent : palette.mid
        for side: Float in [0, 1] {
            let inward: Float = side == 0 ? 1 : -1
            for fold in 0..<5 {
                let x = side + inward * 0.058 * Float(4 - fold)
                let shade = fold % 2 == 0 ? red : red.mixed(with: palette.near, 0.3)
                fill(
                    .smooth([
                        at(x - inward * 0.04, 0.18), at(x + inward * 0.075, 0.18), at(x + inward * 0.05, 0.6),
                        at(x + inward * 0.07, 0.95), at(x - inward * 0.02, 0.95), at(x - inward * 0.03, 0.6),
                    ]), shade)
            }
        }
        fill(
            .rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y * 0.24),
            red.mixed(with: palette.near, 0.35))
        for scallop in 0..<6 {
            let centre = at((Float(scallop) + 0.5) / 6, 0.24)
            disc(centre, length(0.09), red.mixed(with: palette.near, 0.35))
            fill(.ring(centre, outer: length(0.09), inner: length(0.078)), palette.accent)
        }
        fill(
            .rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y * 0.235),
            red.mixed(with: palette.near, 0.35))
    }

    private mutating func record() {
        fill(.rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y), palette.sky)
        let centre = at(0.5, 0.56)
        rays(from: centre, count: 12, palette.glow.opacity(0.6))
        let r = length(0.37)
        disc(centre, r, palette.near)
        for groove in 0..<5 {
            let outer = r * (0.92 - 0.1 * Float(groove))
            fill(.ring(centre, outer: outer, inner: outer - 0.8), palette.glow.opacity(0.5))
        }
        disc(centre, r * 0.36, palette.accent)
        fill(.ring(centre, outer: r * 0.28, inner: r * 0.26), palette.near)
        disc(centre, r * 0.05, palette.near)
        pianoKeys(top: 0.87)
        for _ in 0..<count(1, 6) {
            note(
                at(
                    random.chance(0.5) ? random.uniform(0.05...0.18) : random.uniform(0.8...0.93),
                    random.uniform(0.32...0.8)), length(0.1))
        }
    }

    private mutating func pianoKeys(top: Float) {
        fill(.rectangle(x: origin.x, y: at(0, top).y, width: size.x, height: size.y), palette.light)
        for key in 0..<12 {
            let x = at(Float(key) / 12, 0).x
            fill(.rectangle(x: x, y: at(0, top).y, width: 1, height: size.y), palette.near)
            if ![2, 6, 9].contains(key) {
                fill(
                    .rectangle(
                        x: x + size.x / 12 * 0.68, y: at(0, top).y, width: size.x / 12 * 0.64,
                        height: size.y * 0.07), palette.near)
            }
        }
    }
}
