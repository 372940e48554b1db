package import FloatKernels
package import ItemContent

/// What can be counted on a poster without learning: its colours, its edges, and its layout.
///
/// They say what the poster tower's filters, which take no notice of mean colour and brightness, do not.
package enum PosterStatistics: CaseIterable {
    /// Square roots of the shares of pixels in 8 hues × 4 saturations × 4 values, so that distances are Hellinger's.
    case colours
    /// Histograms of oriented gradients (Dalal & Triggs 2005): 8 orientations, weighted by strength, in 4 × 3 cells;
    /// square roots.
    case edges
    /// The poster at 12 × 8 pixels, 0 … 1.
    case layout

    /// The name of the view.
    var view: String {
        switch self {
        case .colours: "poster.colours"
        case .edges: "poster.edges"
        case .layout: "poster.layout"
        }
    }

    /// Length of a row.
    package var count: Int {
        switch self {
        case .colours: Self.hues * Self.tones * Self.tones
        case .edges: Self.cellRows * Self.cellColumns * Self.orientations
        case .layout: Self.layoutHeight * Self.layoutWidth * 3
        }
    }

    private static let hues = 8, tones = 4
    private static let cellRows = 4, cellColumns = 3, orientations = 8
    private static let layoutHeight = 12, layoutWidth = 8

    /// posters × count.
    package func rows(_ posters: [RGBImage], pool: ThreadPool) -> Matrix {
        var rows = Matrix(rows: posters.count, columns: count)
        rows.withMutableRows(pool: pool) { row, values in
            switch self {
            case .colours: Self.fillColours(posters[row].atTowerSize, values)
            case .edges: Self.fillEdges(posters[row].atTowerSize, values)
            case .layout:
                let small = posters[row].resampled(width: Self.layoutWidth, height: Self.layoutHeight)
                for (index, sample) in small.normalizedFloats().enumerated() { values[index] = sample }
            }
        }
        return rows
    }

    private static func fillColours(_ poster: RGBImage, _ shares: UnsafeMutableBufferPointer<Float>) {
        let pixels = poster.width * poster.height
        for pixel in 0..<pixels {
            let (hue, saturation, value) = hsv(
                Float(poster.pixels[pixel * 3]) / 255, Float(poster.pixels[pixel * 3 + 1]) / 255,
                Float(poster.pixels[pixel * 3 + 2]) / 255)
            func bin(_ share: Float, of count: Int) -> Int { min(Int(share * Float(count)), count - 1) }
            let tone = bin(saturation, of: tones) * tones + bin(value, of: tones)
            shares[bin(hue, of: hues) * tones * tones + tone] += 1
        }
        for index in shares.indices { shares[index] = (shares[index] / Float(pixels)).squareRoot() }
    }

    /// Hue (in turns), saturation and value of a colour, each 0 … 1 (Smith 1978).
    private static func hsv(_ red: Float, _ green: Float, _ blue: Float) -> (Float, Float, Float) {
        let (most, least) = (max(red, green, blue), min(red, green, blue))
        let chroma = most - least
        guard chroma > 0 else { return (0, 0, most) }
        let sixths =
            if most == red {
                (green - blue) / chroma + (green < blue ? 6 : 0)
            } else if most == green {
                (blue - red) / chroma + 2
            } else {
                (red - green) / chroma + 4
            }
        return (sixths / 6, chroma / most, most)
    }

    private static func fillEdges(_ poster: RGBImage, _ sums: UnsafeMutableBufferPointer<Float>) {
        let (height, width) = (poster.height, poster.width)
        func grey(_ row: Int, _ column: Int) -> Float {
            let start = (min(max(row, 0), height - 1) * width + min(max(column, 0), width - 1)) * 3
            return
                (Float(poster.pixels[start]) + Float(poster.pixels[start + 1])
                + Float(poster.pixels[start + 2])) / 765
        }
        for row in 0..<height {
            for column in 0..<width {
                let down = (grey(row + 1, column) - grey(row - 1, column)) / 2
                let right = (grey(row, column + 1) - grey(row, column - 1)) / 2
                let strength = (down * down + right * right).squareRoot()
                let halfTurns = arcTangent(down, right) / Float.pi
                let orientation = Int(((halfTurns < 0 ? halfTurns + 1 : halfTurns) * Float(orientations)))
                let cell = row * cellRows / height * cellColumns + column * cellColumns / width
                sums[cell * orientations + min(orientation, orientations - 1)] += strength
            }
        }
        for index in sums.indices { sums[index] = sums[index].squareRoot() }
    }
}

extension RGBImage {
    fileprivate var atTowerSize: RGBImage {
        resampled(width: PosterTower.inputWidth, height: PosterTower.inputHeight)
    }
}
