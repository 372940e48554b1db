import ContentProjection
import FloatKernels
import ItemContent
import Testing

@Suite struct PosterStatisticsTests {
    private let pool = ThreadPool(threads: 2)

    private func poster(_ colour: (Int, Int) -> (UInt8, UInt8, UInt8)) -> RGBImage {
        var pixels: [UInt8] = []
        for row in 0..<96 {
            for column in 0..<64 {
                let (red, green, blue) = colour(row, column)
                pixels += [red, green, blue]
            }
        }
        return RGBImage(width: 64, height: 96, pixels: pixels)
    }

    @Test func coloursAreSharesOfPixelsByHueSaturationAndValue() {
        // A third full red (first hue), the rest full blue: 240°, two thirds of a turn, the sixth of eight hues.
        let image = poster { row, _ in row < 32 ? (255, 0, 0) : (0, 0, 255) }
        let row = PosterStatistics.colours.rows([image], pool: pool).row(0)
        #expect(row.count == PosterStatistics.colours.count)
        let fullTone = 3 * 4 + 3
        #expect(abs(row[0 * 16 + fullTone] * row[0 * 16 + fullTone] - 1.0 / 3) < 1e-5)
        #expect(abs(row[5 * 16 + fullTone] * row[5 * 16 + fullTone] - 2.0 / 3) < 1e-5)
        #expect(row.count { $0 > 0 } == 2)
    }

    @Test func edgesAreFoundWhereTheyAreAndAsTheyLie() {
        // One vertical edge, down the middle of the poster: the gradient points to the right, orientation 0, in the middle
        // column of cells.
        let image = poster { _, column in column < 32 ? (0, 0, 0) : (255, 255, 255) }
        let row = PosterStatistics.edges.rows([image], pool: pool).row(0)
        for cell in 0..<12 {
            for orientation in 0..<8 {
                let isThere = cell % 3 == 1 && orientation == 0
                #expect((row[cell * 8 + orientation] > 0) == isThere)
            }
        }
    }

    @Test func layoutIsTheSmallPoster() {
        let image = poster { row, _ in row < 48 ? (255, 255, 255) : (0, 0, 0) }
        let row = PosterStatistics.layout.rows([image], pool: pool).row(0)
        #expect(row.prefix(row.count / 2).allSatisfy { $0 > 0.99 })
        #expect(row.suffix(row.count / 2).allSatisfy { $0 < 0.01 })
    }

    @Test func everyPosterHasARowOfItsOwn() {
        let (dark, light) = (poster { _, _ in (9, 9, 9) }, poster { _, _ in (250, 250, 250) })
        for statistics in PosterStatistics.allCases {
            let rows = statistics.rows([dark, light, dark], pool: pool)
            #expect(rows.row(0) == rows.row(2))
        }
        #expect(
            PosterStatistics.layout.rows([dark, light], pool: pool).row(0)
                != PosterStatistics.layout.rows([dark, light], pool: pool).row(1))
    }
}
