/// A picture under construction.
///
/// Shapes are filled by exact area coverage: each edge leaves its signed area in a buffer, whose running sum
/// along a row is the coverage of each pixel. Edges are therefore smooth without supersampling.
struct Canvas {
    let width: Int
    let height: Int
    /// Row-major, opaque.
    private(set) var pixels: [Colour]
    private var area: [Float]

    init(width: Int, height: Int, background: Colour) {
        self.width = width
        self.height = height
        pixels = [Colour](repeating: background, count: width * height)
        area = [Float](repeating: 0, count: (width + 2) * height)
    }

    mutating func fill(_ path: Path, _ colour: Colour) {
        fill(path, .solid(colour))
    }

    mutating func fill(_ path: Path, _ paint: Paint) {
        for contour in path.contours {
            for (index, point) in contour.enumerated() {
                addEdge(point, contour[index + 1 < contour.count ? index + 1 : 0])
            }
        }
        for y in 0..<height {
            var coverage: Float = 0
            for x in 0..<width {
                coverage += area[y * (width + 2) + x]
                let opacity = min(abs(coverage), 1)
                if opacity > 0.002 { blend(paint.colour(x: x, y: y), opacity, at: y * width + x) }
            }
        }
        for index in area.indices { area[index] = 0 }
    }

    /// Swaps left and right.
    mutating func mirror() {
        for row in 0..<height { pixels[row * width..<(row + 1) * width].reverse() }
    }

    private mutating func blend(_ colour: Colour, _ coverage: Float, at index: Int) {
        let alpha = colour.channels.w * coverage
        var mixed = pixels[index].channels + (colour.channels - pixels[index].channels) * alpha
        mixed.w = 1
        pixels[index].channels = mixed
    }

    private mutating func addEdge(_ p: Point, _ q: Point) {
        if p.y == q.y { return }
        let direction: Float = p.y < q.y ? 1 : -1
        let (upper, lower) = p.y < q.y ? (p, q) : (q, p)
        let slope = (lower.x - upper.x) / (lower.y - upper.y)
        let first = max(0, Int(upper.y.rounded(.down)))
        let end = min(height, Int(lower.y.rounded(.up)))
        if first >= end { return }
        for row in first..<end {
            let top = max(upper.y, Float(row))
            let bottom = min(lower.y, Float(row + 1))
            if bottom <= top { continue }
            let x0 = upper.x + (top - upper.y) * slope
            let x1 = upper.x + (bottom - upper.y) * slope
            addSpan(row: row, min(x0, x1), max(x0, x1), area: direction * (bottom - top))
        }
    }

    /// Spreads the area to the right of one edge's part within a row.
    private mutating func addSpan(row: Int, _ left: Float, _ right: Float, area signed: Float) {
        let limit = Float(width)
        let x0 = min(max(left, 0), limit)
        let x1 = min(max(right, 0), limit)
        let base = row * (width + 2)
        let first = Int(x0)
        let last = Int(x1)
        if first == last {
            let covered = 1 - ((x0 + x1) / 2 - Float(first))
            area[base + first] += signed * covered
            area[base + first + 1] += signed * (1 - covered)
            return
        }
        let perPixel = signed / (x1 - x0)
        var carried: Float = 0
        for x in first...last {
            let from = max(x0, Float(x))
            let to = min(x1, Float(x + 1))
            let part = perPixel * (to - from)
            let covered = 1 - ((from + to) / 2 - Float(x))
            area[base + x] += carried + part * covered
            carried = part * (1 - covered)
        }
        area[base + last + 1] += carried
    }
}
