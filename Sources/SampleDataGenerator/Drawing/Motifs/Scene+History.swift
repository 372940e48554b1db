import FloatKernels

/// Historical epic: banners, columns, an army on a ridge.
extension Scene {
    mutating func drawHistory() {
        sky()
        switch random.index(below: 3) {
        case 0: army()
        case 1: columns()
        default: shield()
        }
    }

    private mutating func army() {
        celestialBody(at(random.uniform(0.3...0.7), 0.5), length(random.uniform(0.2...0.28)))
        ridge(at: 0.66, amplitude: 0.05, steps: 9, palette.far)
        hills(at: 0.8, amplitude: 0.008, palette.mid)
        for soldier in 0..<count(12, 22) {
            let x = Float(soldier) / Float(count(12, 22) - 1)
            let foot = at(x, 0.88 + random.uniform(-0.005...0.005))
            figure(Figure.standing, foot, length(0.13), palette.near)
            fill(
                .stroke(
                    [
                        foot + Point(length(0.025), 0),
                        foot + Point(length(0.03), -length(random.uniform(0.2...0.26))),
                    ], width: 1), palette.near)
        }
        ground([0.875, 0.88, 0.875], palette.near)
        for flag in 0..<count(1, 4) {
            banner(
                at(0.2 + 0.2 * Float(flag) + random.uniform(-0.04...0.04), 0.88),
                length(random.uniform(0.36...0.46)))
        }
        figure(Figure.rider, at(0.52, 0.93), length(0.3), palette.near)
    }

    private mutating func banner(_ foot: Point, _ height: Float) {
        fill(.stroke([foot, foot - Point(0, height)], width: 1.5), palette.near)
        let top = foot - Point(0, height)
        let (w, h) = (height * 0.36, height * 0.3)
        fill(
            Path([
                top, top + Point(w, h * 0.15), top + Point(w * 0.75, h * 0.5), top + Point(w, h),
                top + Point(0, h * 0.85),
            ]), palette.accent)
    }

    private mutating func columns() {
        celestialBody(at(0.5, 0.5), length(0.2))
        hills(at: 0.72, amplitude: 0.03, palette.far)
        ground([0.86, 0.86], palette.near)
        fill(
            .rectangle(x: at(0.04, 0).x, y: at(0, 0.835).y, width: size.x * 0.92, height: size.y * 0.03),
            palette.mid)
        fill(
            .rectangle(x: at(0.08, 0).x, y: at(0, 0.81).y, width: size.x * 0.84, height: size.y * 0.03),
            palette.light)
        let total = count(4, 6)
        for column in 0..<total {
            let x = 0.15 + 0.7 * Float(column) / Float(total - 1)
            let broken = random.chance(0.3)
            pillar(
                at(x, 0.81), length(0.075), size.y * (broken ? random.uniform(0.15...0.3) : 0.42),
                broken: broken)
        }
        figure(random.chance(0.5) ? Figure.dress : Figure.coat, at(0.5, 0.93), length(0.24), palette.accent)
    }

    private mutating func pillar(_ foot: Point, _ width: Float, _ height: Float, broken: Bool) {
        fill(
            Path([
                foot + Point(-width / 2, 0), foot + Point(width / 2, 0), foot + Point(width * 0.43, -height),
                foot + Point(-width * 0.43, broken ? -height * 0.85 : -height),
            ]), palette.light)
        for flute in 0..<3 {
            let x = width * (-0.24 + 0.24 * Float(flute))
            fill(
                .stroke([foot + Point(x, -2), foot + Point(x * 0.9, -height * 0.84)], width: width * 0.08),
                palette.mid.opacity(0.6))
        }
        fill(
            .rectangle(
                x: foot.x - width * 0.65, y: foot.y - width * 0.2, width: width * 1.3, height: width * 0.2),
            palette.mid)
        if !broken {
            fill(
                .rectangle(
                    x: foot.x - width * 0.7, y: foot.y - height - width * 0.25, width: width * 1.4,
                    height: width * 0.3), palette.mid)
        }
    }

    private mutating func shield() {
        rays(from: at(0.5, 0.6), count: 16, palette.far.opacity(0.5))
        let c = at(0.5, 0.58)
        let r = length(0.3)
        for side: Float in [-1, 1] {
            let (hilt, tip) = (c + Point(side * r * 1.15, r * 1.25), c + Point(-side * r * 1.2, -r * 1.15))
            fill(.limb(hilt, tip, r * 0.11, r * 0.03), palette.light)
            let along = (tip - hilt) / (tip - hilt).length
            let cross = hilt + along * r * 0.5
            fill(
                .stroke(
                    [cross - along.perpendicular * r * 0.22, cross + along.perpendicular * r * 0.22],
                    width: r * 0.09), palette.near)
            fill(.stroke([hilt, cross], width: r * 0.11), palette.near)
        }
        func outline(_ s: Float) -> Path {
            .smooth([
                c + Point(-0.75, -0.8) * s, c + Point(0, -0.9) * s, c + Point(0.75, -0.8) * s,
                c + Point(0.78, 0) * s, c + Point(0.45, 0.7) * s, c + Point(0, 1.05) * s,
                c + Point(-0.45, 0.7) * s, c + Point(-0.78, 0) * s,
            ])
        }
        fill(outline(r), palette.near)
        fill(outline(r * 0.9), palette.accent)
        fill(.stroke([c + Point(0, -r * 0.75), c + Point(0, r * 0.85)], width: r * 0.16), palette.light)
        fill(
            .stroke([c + Point(-r * 0.62, -r * 0.12), c + Point(r * 0.62, -r * 0.12)], width: r * 0.16),
            palette.light)
        ridge(at: 0.92, amplitude: 0.02, steps: 14, palette.near)
    }
}
