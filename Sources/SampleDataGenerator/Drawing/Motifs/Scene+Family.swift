import FloatKernels

/// Family comedy: crooked houses, balloons, kites, a dog.
extension Scene {
    mutating func drawFamily() {
        switch random.index(below: 3) {
        case 0: crookedHouse()
        case 1: balloons()
        default: kite()
        }
    }

    private mutating func crookedHouse() {
        let body = palette.accent
        fill(.rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y), palette.sky)
        rays(from: at(0.5, 0.66), count: 14, palette.glow)
        bunting(from: at(0, 0.29), to: at(1, 0.27))
        hills(at: 0.84, amplitude: 0.015, palette.mid)
        house(at(0.5, 0.85), length(0.46), wall: body, roof: palette.near, light: palette.light)
        ground([0.855, 0.85, 0.855], palette.mid)
        let family = [Figure.standing, Figure.dress, Figure.child, Figure.child]
        for index in 0..<count(3, 4) {
            figure(
                family[index], at(0.2 + 0.2 * Float(index), 0.93), length(index < 2 ? 0.21 : 0.13),
                palette.near)
        }
        figure(Figure.dog, at(0.86, 0.935), length(0.07), palette.near, mirrored: true)
    }

    private mutating func balloons() {
        sky(horizon: 1)
        cloud(at(0.2, 0.4), length(0.26), palette.light.opacity(0.8))
        cloud(at(0.82, 0.52), length(0.2), palette.light.opacity(0.8))
        hills(at: 0.84, amplitude: 0.02, palette.mid)
        ground([0.93, 0.92, 0.93], palette.near)
        let foot = at(random.uniform(0.34...0.5), 0.93)
        let hand = foot + Point(length(0.062), -length(0.195))
        let inks = [palette.accent, palette.mid, palette.far, palette.light, palette.near]
        for index in 0..<count(4, 9) {
            let centre =
                hand + Point(length(random.uniform(-0.2...0.26)), -length(random.uniform(0.24...0.52)))
            let r = length(random.uniform(0.055...0.075))
            fill(.stroke([hand, centre], width: 0.7), palette.near.opacity(0.7))
            fill(.ellipse(centre, Point(r, r * 1.2)), inks[index % inks.count])
            fill(
                .ellipse(centre - Point(r * 0.3, r * 0.45), Point(r * 0.16, r * 0.28)),
                palette.light.opacity(0.6))
        }
        figure(Figure.child, foot, length(0.22), palette.near)
        figure(Figure.dog, foot + Point(-length(0.2), 0), length(0.09), palette.near)
    }

    private mutating func kite() {
        sky()
        celestialBody(at(0.22, 0.4), length(0.1))
        cloud(at(0.5, 0.38), length(0.24), palette.light.opacity(0.7))
        hills(at: 0.74, amplitude: 0.03, palette.far)
        hills(at: 0.84, amplitude: 0.02, palette.near)
        let foot = at(0.3, 0.85)
        let hand = foot + Point(length(0.05), -length(0.155))
        let kite = at(0.74, random.uniform(0.38...0.46))
        let middle = hand.mixed(with: kite, 0.5) + Point(0, length(0.06))
        fill(.stroke([hand, middle, kite], width: 0.8), palette.near)
        let s = length(0.11)
        fill(
            Path([
                kite + Point(s * 0.6, -s), kite + Point(s * 0.7, s * 0.1), kite + Point(-s * 0.5, s * 0.9),
                kite + Point(-s * 0.4, -s * 0.3),
            ]), palette.accent)
        fill(
            Path([kite + Point(s * 0.6, -s), kite + Point(s * 0.7, s * 0.1), kite + Point(-s * 0.5, s * 0.9)]
            ), palette.mid)
        for bow in 1..<5 {
            let p =
                kite
                + Point(
                    -s * 0.5 - s * 0.25 * Float(bow), s * 0.9 + s * (bow % 2 == 0 ? 0.28 : 0.1) * Float(bow))
            fill(
                .star(p, points: 2, outer: s * 0.16, inner: s * 0.05, angle: 0.5),
                bow % 2 == 0 ? palette.accent : palette.light)
        }
        figure(Figure.child, foot, length(0.17), palette.near)
        house(at(0.78, 0.84), length(0.17), wall: palette.light, roof: palette.accent, light: palette.far)
        ground([0.845, 0.85, 0.84, 0.845], palette.near)
    }

    mutating func bunting(from start: Point, to end: Point) {
        let inks = [palette.accent, palette.mid, palette.far, palette.near]
        for flag in 0..<11 {
            let t = Float(flag) / 10
            let sag = length(0.25) * t * (1 - t)
            let p = start.mixed(with: end, t) + Point(0, sag)
            let w = length(0.034)
            fill(Path([p - Point(w, 0), p + Point(w, 0), p + Point(0, w * 2.2)]), inks[flag % 4])
        }
    }
}
