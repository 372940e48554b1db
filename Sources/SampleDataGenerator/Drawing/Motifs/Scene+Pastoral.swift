import FloatKernels

/// Pastoral romance: hills, one tree, two people.
extension Scene {
    mutating func drawPastoral() {
        sky()
        switch random.index(below: 3) {
        case 0: oneTree()
        case 1: lane()
        default: flowers()
        }
    }

    private mutating func oneTree() {
        celestialBody(at(random.uniform(0.25...0.75), 0.44), length(random.uniform(0.1...0.19)))
        hills(at: 0.66, amplitude: 0.04, palette.far)
        hills(at: 0.77, amplitude: 0.025, palette.mid)
        let side: Float = random.chance(0.5) ? 1 : -1
        let foot = at(0.5 - 0.17 * side, 0.86)
        roundTree(foot, length(random.uniform(0.5...0.66)), palette.near, trunk: palette.near)
        hills(at: 0.86, amplitude: 0.015, palette.near)
        couple(at(0.5 + 0.15 * side, 0.87), length(0.19))
        birds(count(2, 7), near: at(0.5 + 0.2 * side, 0.36), spread: 0.16, palette.near)
    }

    private mutating func lane() {
        celestialBody(at(0.5, 0.52), length(random.uniform(0.15...0.22)))
        hills(at: 0.62, amplitude: 0.03, palette.far)
        hills(at: 0.7, amplitude: 0.02, palette.mid)
        let x = random.uniform(0.3...0.7)
        house(at(x, 0.705), length(0.15), wall: palette.light, roof: palette.accent, light: palette.mid)
        ground([0.74, 0.72, 0.71, 0.72, 0.74], palette.mid)
        fill(
            Path([
                at(x - 0.012, 0.71), at(x + 0.022, 0.71), at(x - 0.08, 0.8), at(0.72, 1.01), at(0.3, 1.01),
                at(x - 0.13, 0.8),
            ]), palette.glow)
        for tree in 0..<count(3, 6) {
            let depth = Float(tree) / 6
            roundTree(
                at(tree % 2 == 0 ? 0.14 - 0.1 * depth : 0.84 + 0.1 * depth, 0.78 + 0.2 * depth),
                length(0.2 + 0.24 * depth), palette.near, trunk: palette.near)
        }
        couple(at(0.5, 0.93), length(0.15))
    }

    private mutating func flowers() {
        celestialBody(at(random.uniform(0.3...0.7), 0.42), length(0.14))
        hills(at: 0.62, amplitude: 0.035, palette.far)
        hills(at: 0.7, amplitude: 0.03, palette.mid)
        couple(at(random.uniform(0.35...0.65), 0.735), length(0.12))
        ground([0.82, 0.8, 0.81, 0.79, 0.81], palette.near)
        for _ in 0..<count(12, 26) {
            let foot = at(random.uniform(0.02...0.98), random.uniform(0.9...1.02))
            let tall = length(random.uniform(0.12...0.3))
            let head = foot + Point(length(random.uniform(-0.04...0.04)), -tall)
            fill(.stroke([foot, head], width: 1.1), palette.near)
            let colour = random.chance(0.6) ? palette.accent : palette.light
            fill(
                .star(head, points: 6, outer: length(0.032), inner: length(0.014), angle: random.uniform()),
                colour)
            disc(head, length(0.009), palette.near)
        }
    }

    mutating func couple(_ foot: Point, _ height: Float) {
        figure(Figure.standing, foot - Point(height * 0.2, 0), height, palette.near)
        figure(
            Figure.dress, foot + Point(height * 0.2, 0), height * 0.93,
            palette.isDark ? palette.near : palette.accent)
        let hands = foot - Point(0, height * 0.48)
        fill(
            .limb(
                hands - Point(height * 0.06, 0), hands + Point(height * 0.06, 0), height * 0.05, height * 0.05
            ), palette.near)
    }
}
