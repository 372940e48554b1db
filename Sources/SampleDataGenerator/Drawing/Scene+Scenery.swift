import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What several motifs have in common: skies, lights in them, hills, water, towns, trees.
extension Scene {
    mutating func sky(horizon: Float = 0.72) {
        canvas.fill(
            .rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y),
            .vertical(palette.sky, palette.glow, from: origin.y, to: at(0, horizon).y))
    }

    mutating func stars(_ count: Int, to lowest: Float = 0.6) {
        for _ in 0..<count {
            let place = at(random.uniform(), random.uniform(0...lowest))
            let size = length(random.uniform(0.0025...0.0075))
            // Only faint ones where a title may stand.
            if place.y < at(0, 0.25).y {
                disc(place, size * 0.8, palette.light.opacity(0.35))
            } else if random.chance(0.12) {
                fill(.star(place, points: 4, outer: size * 3.2, inner: size * 0.8), palette.light)
            } else {
                disc(place, size, palette.light.opacity(random.uniform(0.5...1)))
            }
        }
    }

    /// Sun by day, moon by night, now and then a crescent.
    mutating func celestialBody(_ centre: Point, _ radius: Float) {
        let colour = palette.isDark ? palette.light : palette.accent
        glow(centre, radius * 2.1, colour, 0.35)
        if palette.isDark, random.chance(0.35) {
            var crescent = Path.circle(centre, radius)
            crescent.cut(.circle(centre + Point(radius * 0.18, -radius * 0.05), radius * 0.8))
            fill(crescent, colour)
        } else if random.chance(0.3) {
            slicedDisc(centre, radius, colour)
        } else {
            disc(centre, radius, colour)
        }
    }

    /// A sun cut into bands that grow thinner towards its foot.
    mutating func slicedDisc(_ centre: Point, _ radius: Float, _ colour: Colour) {
        var top: Float = -1
        for band in 0..<6 {
            let bottom = band == 0 ? 0.1 : top + 0.16 - 0.02 * Float(band)
            let upper = (0...12).map { top + (bottom - top) * Float($0) / 12 }
            let right = upper.map { centre + Point((1 - $0 * $0).squareRoot(), $0) * radius }
            let left = upper.reversed().map { centre + Point(-(1 - $0 * $0).squareRoot(), $0) * radius }
            fill(Path(right + left), colour)
            top = bottom + 0.035 + 0.008 * Float(band)
        }
    }

    mutating func rays(from centre: Point, count: Int, _ colour: Colour) {
        let reach = size.x + size.y
        let turn = random.uniform(0...1)
        for ray in 0..<count {
            let a = (Float(ray) + turn) * 2 * .pi / Float(count)
            let half = 0.5 * .pi / Float(count)
            fill(
                Path([
                    centre, centre + Point(cosf(a - half), sinf(a - half)) * reach,
                    centre + Point(cosf(a + half), sinf(a + half)) * reach,
                ]), colour)
        }
    }

    mutating func cloud(_ centre: Point, _ width: Float, _ colour: Colour) {
        var path = Path.limb(centre - Point(width / 2, 0), centre + Point(width / 2, 0), width / 5, width / 5)
        path.add(.circle(centre + Point(-width * 0.12, -width * 0.1), width * 0.19))
        path.add(.circle(centre + Point(width * 0.16, -width * 0.06), width * 0.14))
        fill(path, colour)
    }

    /// Rolling hills with two waves each.
    mutating func hills(at height: Float, amplitude: Float, _ colour: Colour) {
        let (a, b) = (random.uniform(0...6.28), random.uniform(0...6.28))
        let (f, g) = (random.uniform(2...4.5), random.uniform(5...8))
        ground(
            (0...48).map { step in
                let x = Float(step) / 48
                return height + amplitude * (0.7 * sinf(f * x + a) + 0.3 * sinf(g * x + b))
            }, colour)
    }

    /// Broken peaks.
    mutating func ridge(at height: Float, amplitude: Float, steps: Int, _ colour: Colour) {
        ground(
            (0...steps).map { step in
                height + amplitude * (step % 2 == 0 ? random.uniform(0.2...1) : random.uniform(-1 ... -0.1))
            }, colour)
    }

    /// Houses of a city from the left to the right edge, with some windows lit.
    mutating func skyline(at base: Float, tall: Float, lit: Float, _ colour: Colour) {
        var x = at(0, 0).x - length(0.03)
        while x < at(1, 0).x {
            let width = length(random.uniform(0.08...0.17))
            let top = at(0, base - tall * random.uniform(0.3...1)).y
            var house = Path.rectangle(x: x, y: top, width: width + 0.5, height: at(0, 1).y - top)
            if random.chance(0.25) {
                house.add(
                    .rectangle(
                        x: x + width * 0.3, y: top - width * 0.3, width: width * 0.4, height: width * 0.3))
            }
            if random.chance(0.2) {
                house.add(
                    .stroke([Point(x + width / 2, top), Point(x + width / 2, top - width * 0.8)], width: 1.2))
            }
            fill(house, colour)
            windows(x: x, top: top, width: width, bottom: at(0, base).y, lit: lit)
            x += width
        }
    }

    private mutating func windows(x: Float, top: Float, width: Float, bottom: Float, lit: Float) {
        let pane = length(0.017)
        let columns = Int((width - pane) / (pane * 2))
        guard columns > 0 else { return }
        let inset = (width - Float(2 * columns - 1) * pane) / 2
        var y = top + pane * 1.6
        while y < bottom {
            for column in 0..<columns where random.chance(lit) {
                let left = x + inset + Float(column) * pane * 2
                let colour = palette.accent.opacity(random.chance(0.7) ? 0.95 : 0.5)
                fill(.rectangle(x: left, y: y, width: pane, height: pane * 1.3), colour)
            }
            y += pane * 2.7
        }
    }

    /// Rows of overlapping scales, as in woodcuts of the sea.
    mutating func waves(from top: Float, rows: Int, radius: Float, _ colours: [Colour]) {
        let r = length(radius)
        for row in 0..<rows {
            let y = at(0, top).y + Float(row) * r * 0.62
            var x = origin.x - (row % 2 == 0 ? 0 : r)
            let colour = colours[row % colours.count]
            fill(.rectangle(x: origin.x, y: y, width: size.x, height: at(0, 1).y - y), colour)
            while x < origin.x + size.x + r {
                fill(.circle(Point(x, y), r), colour)
                fill(.ring(Point(x, y), outer: r * 0.8, inner: r * 0.72), palette.light.opacity(0.35))
                fill(.ring(Point(x, y), outer: r * 0.5, inner: r * 0.44), palette.light.opacity(0.25))
                x += 2 * r
            }
        }
    }

    mutating func birds(_ count: Int, near place: Point, spread: Float, _ colour: Colour) {
        for _ in 0..<count {
            let p = place + Point(random.uniform(-1...1), random.uniform(-0.5...0.5)) * length(spread)
            let wing = length(random.uniform(0.014...0.026))
            fill(
                .stroke(
                    [p + Point(-wing, -wing * 0.5), p, p + Point(wing, -wing * 0.5)], width: wing * 0.22),
                colour)
        }
    }
}
