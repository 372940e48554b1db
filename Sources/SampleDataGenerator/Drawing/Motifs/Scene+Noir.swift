import FloatKernels

/// Noir crime: street lamps, blinds, wet skylines and a man in a hat.
extension Scene {
    mutating func drawNoir() {
        switch random.index(below: 3) {
        case 0: streetLamp()
        case 1: blinds()
        default: rainOverTown()
        }
    }

    private mutating func streetLamp() {
        sky(horizon: 1)
        skyline(at: 0.74, tall: 0.36, lit: 0.12 + 0.3 * density, palette.far)
        ground([0.86, 0.86], palette.near)
        let left = random.chance(0.5)
        let foot = at(left ? 0.26 : 0.74, 0.88)
        let reach = length(left ? 0.12 : -0.12)
        let lamp = foot + Point(reach, -length(0.66))
        fill(
            Path([lamp, lamp + Point(-length(0.22), length(0.68)), lamp + Point(length(0.22), length(0.68))]),
            palette.accent.opacity(0.35))
        fill(
            .ellipse(lamp + Point(0, length(0.68)), Point(length(0.22), length(0.028))),
            palette.accent.opacity(0.75))
        glow(lamp, length(0.15), palette.accent, 0.9)
        fill(
            .stroke(
                [foot, foot - Point(0, length(0.68)), foot + Point(reach, -length(0.7))], width: length(0.016)
            ), palette.near)
        disc(lamp - Point(0, length(0.01)), length(0.026), palette.light)
        let man = lamp + Point(length(0.03), length(0.69))
        figure(Figure.coat, man, length(0.36), palette.near, mirrored: !left)
        fill(
            Path([
                man, man + Point(length(0.05), 0), man + Point(length(left ? 0.3 : -0.22), length(0.1)),
                man + Point(length(left ? 0.2 : -0.3), length(0.1)),
            ]), palette.near.opacity(0.6))
    }

    private mutating func blinds() {
        fill(.rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y), palette.mid)
        let window = at(0.5, 0.62)
        glow(window, length(0.8), palette.accent, 0.5)
        let slats = count(9, 14)
        for slat in 0..<slats {
            let y = 0.32 + 0.6 * Float(slat) / Float(slats)
            let thick = 0.36 / Float(slats)
            fill(
                Path([
                    at(0.1, y + 0.04), at(0.9, y - 0.02), at(0.9, y - 0.02 + thick),
                    at(0.1, y + 0.04 + thick),
                ]), palette.accent.opacity(0.85))
        }
        let foot = at(random.uniform(0.4...0.6), 1.2)
        figure(Figure.coat, foot, length(1.1), palette.near, mirrored: random.chance(0.5))
    }

    private mutating func rainOverTown() {
        sky(horizon: 0.8)
        celestialBody(at(random.uniform(0.25...0.75), 0.4), length(random.uniform(0.13...0.2)))
        skyline(at: 0.74, tall: 0.3, lit: 0.05, palette.far)
        skyline(at: 0.86, tall: 0.26, lit: 0.2 + 0.25 * density, palette.mid)
        ground([0.88, 0.88], palette.near)
        for puddle in 0..<3 {
            let p = at(0.2 + 0.3 * Float(puddle) + random.uniform(-0.08...0.08), random.uniform(0.92...0.97))
            fill(
                .ellipse(p, Point(length(random.uniform(0.06...0.12)), length(0.008))),
                palette.accent.opacity(0.7))
        }
        for _ in 0..<count(25, 70) {
            let p = at(random.uniform(0...1.1), random.uniform(0...0.9))
            fill(
                .stroke([p, p + Point(-length(0.02), length(0.07))], width: 0.7), palette.light.opacity(0.35))
        }
        let x = random.uniform(0.35...0.65)
        figure(Figure.coat, at(x, 0.95), length(0.34), palette.near)
        if random.chance(0.5) { umbrella(at(x + 0.035, 0.735), length(0.17)) }
    }

    private mutating func umbrella(_ top: Point, _ radius: Float) {
        fill(.stroke([top, top + Point(0, radius)], width: 1.3), palette.near)
        fill(
            Path(
                Path.arc(top + Point(0, radius * 0.45), Point(radius, radius * 0.62), from: .pi, to: 2 * .pi)),
            palette.accent)
    }
}
