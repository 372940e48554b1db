/// Reduces a picture to few colours by median cut (Heckbert, SIGGRAPH 1982), so that its file is small.
struct Quantiser {
    /// Colours kept at most.
    let limit: Int

    /// One cell of the 6-bit-a-channel histogram.
    private struct Cell {
        var index: Int
        var count: Int
        var level: SIMD3<Float>
    }

    /// The picture's bytes, red, green, blue for each pixel, in at most `limit` colours.
    func bytes(of canvas: Canvas) -> [UInt8] {
        let keys = canvas.pixels.map(Self.key)
        var boxes = [Self.histogram(keys)]
        while boxes.count < limit, let widest = Self.widest(boxes) {
            let (low, high) = Self.split(boxes[widest])
            boxes[widest] = low
            boxes.append(high)
        }
        var table = [SIMD3<UInt8>](repeating: .zero, count: 1 << 18)
        for box in boxes {
            let colour = Self.mean(box)
            for cell in box { table[cell.index] = colour }
        }
        return keys.flatMap { key in [table[key].x, table[key].y, table[key].z] }
    }

    private static func key(_ colour: Colour) -> Int {
        let level = (colour.channels * 63).rounded(.toNearestOrAwayFromZero)
        return Int(level.x) << 12 | Int(level.y) << 6 | Int(level.z)
    }

    private static func histogram(_ keys: [Int]) -> [Cell] {
        var counts = [Int](repeating: 0, count: 1 << 18)
        for key in keys { counts[key] += 1 }
        return counts.indices.filter { counts[$0] > 0 }.map { key in
            Cell(
                index: key, count: counts[key],
                level: SIMD3(Float(key >> 12), Float((key >> 6) & 63), Float(key & 63)) / 63)
        }
    }

    /// The box with the largest extent, weighed by its number of pixels; nil when no box can be split.
    private static func widest(_ boxes: [[Cell]]) -> Int? {
        var best: (index: Int, score: Float)?
        for (index, box) in boxes.enumerated() where box.count > 1 {
            let pixels = Float(box.reduce(0) { $0 + $1.count })
            let score = extent(box).max() * pixels.squareRoot().squareRoot()
            if score > best?.score ?? 0 { best = (index, score) }
        }
        return best?.index
    }

    private static func extent(_ box: [Cell]) -> SIMD3<Float> {
        var low = box[0].level
        var high = low
        for cell in box {
            low = pointwiseMin(low, cell.level)
            high = pointwiseMax(high, cell.level)
        }
        return high - low
    }

    private static func split(_ box: [Cell]) -> ([Cell], [Cell]) {
        let size = extent(box)
        let axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2
        let sorted = box.sorted { ($0.level[axis], $0.index) < ($1.level[axis], $1.index) }
        let half = box.reduce(0) { $0 + $1.count } / 2
        var seen = 0
        var middle = 0
        while middle < sorted.count - 1, seen + sorted[middle].count <= half || middle == 0 {
            seen += sorted[middle].count
            middle += 1
        }
        return (Array(sorted[..<middle]), Array(sorted[middle...]))
    }

    private static func mean(_ box: [Cell]) -> SIMD3<UInt8> {
        var sum = SIMD3<Float>.zero
        var count: Float = 0
        for cell in box {
            sum += cell.level * Float(cell.count)
            count += Float(cell.count)
        }
        let level = (sum / count * 255).rounded(.toNearestOrAwayFromZero)
        return SIMD3(UInt8(level.x), UInt8(level.y), UInt8(level.z))
    }
}
