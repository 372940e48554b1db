import FloatKernels

/// Western: mesas, a low sun, a rider, the long road.
extension Scene {
    mutating func drawWestern() {
        sky()
        switch random.index(below: 3) {
        case 0: riderAtSunset()
        case 1: mesas()
        default: showdown()
        }
    }

    private mutating func riderAtSunset() {
        let sun = at(random.uniform(0.4...0.6), 0.6)
        let r = length(random.uniform(0.26...0.34))
        glow(sun, r * 1.6, palette.accent, 0.4)
        if random.chance(0.5) { slicedDisc(sun, r, palette.accent) } else { disc(sun, r, palette.accent) }
        mesa(at(0.05, 0.74), 0.3, 0.12, palette.far)
        mesa(at(0.92, 0.74), 0.36, 0.16, palette.far)
        ground([0.735, 0.74, 0.735], palette.mid)
        hills(at: 0.87, amplitude: 0.012, palette.near)
        for rider in 0..<count(1, 3) {
            figure(
                Figure.rider, at(0.5 + 0.24 * Float(rider) - 0.12 * Float(count(1, 3) - 1), 0.875),
                length(rider == 0 ? 0.34 : 0.26), palette.near, mirrored: true)
        }
    }

    private mutating func mesas() {
        celestialBody(at(random.uniform(0.3...0.7), 0.4), length(0.12))
        mesa(at(0.25, 0.72), 0.34, 0.2, palette.far)
        mesa(at(0.8, 0.74), 0.4, 0.27, palette.mid)
        ground([0.72, 0.725, 0.72], palette.mid)
        fill(Path([at(0.49, 0.72), at(0.51, 0.72), at(0.78, 1.01), at(0.3, 1.01)]), palette.glow)
        hills(at: 0.95, amplitude: 0.01, palette.near)
        cactus(at(0.17, 0.96), length(random.uniform(0.38...0.5)), palette.near)
        if density > 0.4 { cactus(at(0.86, 0.95), length(0.26), palette.near) }
        figure(Figure.coat, at(0.52, 0.84), length(0.16), palette.near)
        birds(count(1, 4), near: at(0.4, 0.34), spread: 0.14, palette.near)
    }

    private mutating func mesa(_ foot: Point, _ width: Float, _ height: Float, _ colour: Colour) {
        let w = length(width) / 2
        let h = size.y * height
        fill(
            Path([
                foot + Point(-w * 1.35, 0), foot + Point(-w * 0.85, -h * 0.45), foot + Point(-w * 0.75, -h),
                foot + Point(w * 0.72, -h * 0.97),
                foot + Point(w * 0.85, -h * 0.45), foot + Point(w * 1.35, 0),
            ]), colour)
        fill(
            Path([
                foot + Point(w * 0.3, -h * 0.98), foot + Point(w * 0.72, -h * 0.97),
                foot + Point(w * 0.85, -h * 0.45), foot + Point(w * 1.35, 0), foot + Point(w * 0.5, 0),
            ]), palette.near.opacity(0.18))
    }

    private mutating func showdown() {
        let sun = at(0.5, 0.5)
        disc(sun, length(0.2), palette.accent)
        ridge(at: 0.7, amplitude: 0.03, steps: 10, palette.far)
        for side: Float in [0, 1] {
            for front in 0..<3 {
                let inward: Float = side == 0 ? 1 : -1
                let near = at(side + inward * 0.13 * Float(front), 0)
                let far = at(side + inward * (0.13 * Float(front) + 0.13), 0)
                let (a, b) = (0.46 + 0.07 * Float(front), 0.94 - 0.06 * Float(front))
                fill(
                    Path([
                        Point(near.x, at(0, a).y), Point(far.x, at(0, a + 0.06).y),
                        Point(far.x, at(0, b - 0.05).y), Point(near.x, at(0, b).y),
                    ]), front % 2 == 0 ? palette.mid : palette.mid.mixed(with: palette.near, 0.35))
                fill(
                    .rectangle(
                        x: min(near.x, far.x) + length(0.045), y: at(0, a + 0.14).y, width: length(0.04),
                        height: length(0.07)), palette.accent.opacity(0.8))
            }
        }
        fill(
            Path([
                at(0.38, 0.77), at(0.62, 0.77), at(1.01, 0.94), at(1.01, 1.01), at(-0.01, 1.01),
                at(-0.01, 0.94),
            ]), palette.glow)
        figure(Figure.coat, at(0.5, 0.785), length(0.15), palette.near)
        figure(Figure.coat, at(0.4, 1.02), length(0.52), palette.near, mirrored: true)
    }
}
