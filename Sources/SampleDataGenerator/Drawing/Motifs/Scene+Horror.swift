import FloatKernels

/// Horror: a house on a hill, woods that look back, something under the door.
extension Scene {
    mutating func drawHorror() {
        // By day the wood and the dark room would swallow the title.
        switch palette.isDark ? random.index(below: 3) : 0 {
        case 0: houseOnHill()
        case 1: watchingWood()
        default: openDoor()
        }
    }

    private mutating func houseOnHill() {
        sky(horizon: 0.9)
        let moon = at(random.uniform(0.4...0.6), 0.5)
        glow(moon, length(0.6), palette.accent, 0.3)
        disc(moon, length(random.uniform(0.24...0.3)), palette.isDark ? palette.light : palette.accent)
        ground([0.92, 0.88, 0.78, 0.7, 0.68, 0.72, 0.8, 0.88, 0.92], palette.near)
        let x = at(0.46, 0.7)
        for (dx, height) in [(-0.07, 0.16), (0.02, 0.25), (0.1, 0.13)] as [(Float, Float)] {
            let foot = x + Point(length(dx), length(0.02))
            let w = length(0.085)
            fill(
                .rectangle(x: foot.x - w / 2, y: foot.y - length(height), width: w, height: length(height)),
                palette.near)
            fill(
                Path([
                    foot + Point(-w * 0.75, -length(height)), foot + Point(w * 0.75, -length(height)),
                    foot + Point(0, -length(height) - w * 1.5),
                ]), palette.near)
            fill(
                .rectangle(
                    x: foot.x - w * 0.14, y: foot.y - length(height) * 0.75, width: w * 0.28, height: w * 0.42
                ), palette.accent)
        }
        bareTree(at(random.chance(0.5) ? 0.16 : 0.86, 0.93), length(0.5), palette.near)
        birds(count(3, 9), near: at(0.6, 0.4), spread: 0.25, palette.near)
        figure(Figure.standing, at(0.68, 0.815), length(0.075), palette.near)
        pickets()
    }

    private mutating func pickets() {
        for picket in 0..<17 {
            let x = at(Float(picket) / 16, 0).x + random.uniform(-1.5...1.5)
            let top = at(0, random.uniform(0.905...0.93)).y
            let w = length(0.014)
            fill(
                Path([
                    Point(x - w, origin.y + size.y), Point(x - w, top), Point(x, top - w * 2),
                    Point(x + w, top), Point(x + w, origin.y + size.y),
                ]), palette.near)
        }
    }

    private mutating func watchingWood() {
        sky(horizon: 0.85)
        glow(at(0.5, 0.7), length(0.7), palette.accent, 0.5)
        for layer in 0..<3 {
            let colour = [palette.far, palette.mid, palette.near][layer]
            for _ in 0..<(count(4, 7) - layer) {
                let x = random.uniform()
                if layer == 2 && abs(x - 0.5) < 0.24 { continue }
                let w = length(0.03 + 0.025 * Float(layer))
                fill(.limb(at(x, 1.02), at(x + random.uniform(-0.05...0.05), 0.2), w * 1.5, w * 0.7), colour)
                let knot = at(x, random.uniform(0.45...0.6))
                fill(
                    .limb(
                        knot, knot + Point(length(random.uniform(-0.16...0.16)), -length(0.13)), w * 0.5,
                        w * 0.1), colour)
            }
            if layer == 1 { eyes(count(3, 8)) }
        }
        ground([0.92, 0.9, 0.89, 0.9, 0.92], palette.near)
        figure(random.chance(0.5) ? Figure.child : Figure.dress, at(0.5, 0.91), length(0.2), palette.near)
    }

    private mutating func eyes(_ pairs: Int) {
        for _ in 0..<pairs {
            let p = at(random.uniform(0.08...0.92), random.uniform(0.42...0.78))
            let r = length(random.uniform(0.009...0.016))
            for side: Float in [-1.7, 1.7] {
                fill(
                    .ellipse(p + Point(side * r, 0), Point(r, r * 0.75)),
                    palette.isDark ? palette.accent : palette.light)
                fill(.ellipse(p + Point(side * r, 0), Point(r * 0.3, r * 0.7)), palette.near)
            }
        }
    }

    private mutating func openDoor() {
        fill(.rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y), palette.near)
        ground([0.84, 0.84], palette.far)
        let (left, right): (Float, Float) = (0.36, 0.64)
        fill(
            Path([at(left, 0.84), at(right, 0.84), at(0.86, 1.01), at(0.14, 1.01)]),
            palette.accent.opacity(0.9))
        canvas.fill(
            Path([at(left, 0.4), at(right, 0.4), at(right, 0.84), at(left, 0.84)]),
            .vertical(palette.accent, palette.light, from: at(0, 0.4).y, to: at(0, 0.84).y))
        fill(Path([at(right, 0.4), at(0.78, 0.35), at(0.78, 0.9), at(right, 0.84)]), palette.mid)
        disc(at(0.755, 0.63), length(0.012), palette.accent)
        figure(Figure.standing, at(0.5, 0.845), length(0.42), palette.near)
        fill(Path([at(0.46, 0.84), at(0.54, 0.84), at(0.62, 1.01), at(0.38, 1.01)]), palette.near)
        guard random.chance(0.4 + 0.5 * density) else { return }
        for finger in 0..<4 {
            let p = at(left - 0.004, 0.52 + 0.022 * Float(finger))
            fill(
                .limb(
                    p - Point(length(0.05), 0), p + Point(length(0.035), length(0.006)), length(0.022),
                    length(0.012)), palette.near)
        }
    }
}
