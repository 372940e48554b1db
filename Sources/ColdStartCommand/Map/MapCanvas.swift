import Foundation
import ItemContent

/// A small raster with smooth edges: every shape is given by its distance, and a pixel takes as much of its colour as the
/// shape covers of it.
struct MapCanvas {
    private(set) var image: RGBImage
    /// Pixels a unit of the plan.
    private let scale: Double

    init(width: Double, height: Double, scale: Double, paper: MapColour) {
        self.scale = scale
        let (columns, rows) = (Int((width * scale).rounded()), Int((height * scale).rounded()))
        var pixels = [UInt8](repeating: paper.red, count: columns * rows * 3)
        for pixel in 0..<(columns * rows) {
            pixels[3 * pixel + 1] = paper.green
            pixels[3 * pixel + 2] = paper.blue
        }
        image = RGBImage(width: columns, height: rows, pixels: pixels)
    }

    /// A disc; of a width, its edge alone.
    mutating func disc(
        x: Double, y: Double, radius: Double, width: Double? = nil, _ colour: MapColour, opacity: Float = 1
    ) {
        let centre = point(x, y)
        let (radius, half) = (Float(radius * scale), width.map { Float($0 * scale / 2) })
        let reach = radius + (half ?? 0)
        fill(around: centre - reach, centre + reach, colour, opacity) { place in
            let apart = place - centre
            let distance = (apart * apart).sum().squareRoot() - radius
            return half.map { abs(distance) - $0 } ?? distance
        }
    }

    /// A rectangle with round corners.
    mutating func rectangle(_ frame: MapRectangle, corner: Double, _ colour: MapColour) {
        let (centre, corner) = (point(frame.middleX, frame.middleY), Float(corner * scale))
        let half = point(frame.width, frame.height) / 2
        fill(around: centre - half, centre + half, colour, 1) { place in
            var apart = place - centre
            apart.replace(with: -apart, where: apart .< 0)
            let out = apart - half + corner
            let outside = out.clamped(lowerBound: .zero, upperBound: SIMD2(repeating: .infinity))
            return (outside * outside).sum().squareRoot() + min(out.max(), 0) - corner
        }
    }

    /// A straight line with round ends.
    mutating func line(
        from: (x: Double, y: Double), to: (x: Double, y: Double), width: Double, _ colour: MapColour
    ) {
        strokes([(point(from.x, from.y), point(to.x, to.y))], radius: Float(width * scale / 2), colour)
    }

    /// A line of letters that stand at `baseline`, with a rim in the colour of the paper.
    mutating func text(
        _ text: String, x: Double, baseline: Double, size: Double, isBold: Bool = false, _ colour: MapColour,
        rim: MapColour? = nil
    ) {
        let dot = Float(StrokeFont.dot(size: size) * scale)
        let glyphs = StrokeFont.glyphs(of: text)
        let weight: Float = isBold ? 0.66 : 0.5
        for (ink, radius) in [(rim, weight + 1.3), (colour, weight)] {
            guard let ink else { continue }
            var corner = point(x, baseline) - SIMD2(-0.5, StrokeFont.capital + 0.5) * dot
            for glyph in glyphs {
                strokes(
                    glyph.strokes.map { (corner + $0.from * dot, corner + $0.to * dot) },
                    radius: radius * dot,
                    ink)
                corner.x += Float(glyph.width + 1) * dot
            }
        }
    }

    /// A picture in a frame.
    mutating func picture(_ picture: RGBImage, in frame: MapRectangle) {
        let (left, top) = (Int((frame.x * scale).rounded()), Int((frame.y * scale).rounded()))
        let (width, height) = (
            max(1, Int((frame.width * scale).rounded())), max(1, Int((frame.height * scale).rounded()))
        )
        let picture = picture.resampled(width: width, height: height)
        for row in 0..<height where top + row >= 0 && top + row < image.height {
            let columns = max(0, -left)..<max(0, -left, min(width, image.width - left))
            let source = 3 * row * width
            let target = 3 * ((top + row) * image.width + left)
            for sample in (3 * columns.lowerBound)..<(3 * columns.upperBound) {
                image.pixels[target + sample] = picture.pixels[source + sample]
            }
        }
    }

    private func point(_ x: Double, _ y: Double) -> SIMD2<Float> { SIMD2(Float(x * scale), Float(y * scale)) }

    /// Strokes with round ends, as one shape.
    private mutating func strokes(_ strokes: [StrokeFont.Stroke], radius: Float, _ colour: MapColour) {
        guard let first = strokes.first else { return }
        var (low, high) = (first.from, first.from)
        for end in strokes.flatMap({ [$0.from, $0.to] }) {
            low = pointwiseMin(low, end)
            high = pointwiseMax(high, end)
        }
        fill(around: low - radius, high + radius, colour, 1) { place in
            var nearest = Float.infinity
            for stroke in strokes {
                let (along, apart) = (stroke.to - stroke.from, place - stroke.from)
                let length = (along * along).sum()
                let share = length > 0 ? min(max((along * apart).sum() / length, 0), 1) : 0
                let rest = apart - along * share
                nearest = min(nearest, (rest * rest).sum())
            }
            return nearest.squareRoot() - radius
        }
    }

    /// Colours what is inside: where the distance, in pixels, is negative.
    private mutating func fill(
        around low: SIMD2<Float>, _ high: SIMD2<Float>, _ colour: MapColour, _ opacity: Float,
        _ distance: (SIMD2<Float>) -> Float
    ) {
        let ink = SIMD3(Float(colour.red), Float(colour.green), Float(colour.blue))
        let columns = max(0, Int(low.x) - 1)..<max(0, Int(low.x) - 1, min(image.width, Int(high.x) + 2))
        let rows = max(0, Int(low.y) - 1)..<max(0, Int(low.y) - 1, min(image.height, Int(high.y) + 2))
        for row in rows {
            for column in columns {
                let place = SIMD2(Float(column) + 0.5, Float(row) + 0.5)
                let share = opacity * min(max(0.5 - distance(place), 0), 1)
                guard share > 0 else { continue }
                let start = 3 * (row * image.width + column)
                for channel in 0..<3 {
                    let old = Float(image.pixels[start + channel])
                    image.pixels[start + channel] = UInt8((old + share * (ink[channel] - old)).rounded())
                }
            }
        }
    }
}
