import ContentProjection
import FloatKernels
import ItemContent

/// Items whose placement is known: a vector of the genre, plus one of the theme whose words the description uses.
struct PlantedCatalogue {
    static let genres = ["comedy", "drama", "western", "horror"]
    static let themes = ["sea", "space", "court"]
    static let dimensions = 6

    var records: [ContentRecord] = []
    var targets: ProjectionTargets
    var themeOf: [Int] = []

    /// - Parameters:
    ///   - noise: deviation of what content cannot know, in every dimension; the planted part has about 1.
    ///   - placesBySquare: the colour of the poster's square decides too.
    init(count: Int, seed: UInt64, noise: Float = 0.2, posters: Bool = false, placesBySquare: Bool = false) {
        var generator = RandomGenerator(seed: seed)
        let parts = Matrix.random(Self.genres.count + Self.themes.count + 1, Self.dimensions + 1, seed: 99)
        var placements = Matrix(rows: count, columns: Self.dimensions + 1)
        for item in 0..<count {
            let genre = generator.index(below: Self.genres.count)
            let theme = generator.index(below: Self.themes.count)
            let isWarm = generator.index(below: 2) == 1
            var words = (0..<12).map { _ in "\(Self.themes[theme])\(generator.index(below: 8))" }
            words += (0..<12).map { _ in "filler\(generator.index(below: 40))" }
            generator.shuffle(&words)
            themeOf.append(theme)
            records.append(
                ContentRecord(
                    title: "Item \(item)", year: 1950 + generator.index(below: 60),
                    genres: [Self.genres[genre]],
                    description: words.joined(separator: " "),
                    categories: ["shelf": ["s\(generator.index(below: 5))"]],
                    poster: posters ? Self.poster(isWarm: isWarm, using: &generator) : nil))
            for column in 0...Self.dimensions {
                placements[item, column] =
                    1 + 0.7 * parts[genre, column] + 0.7 * parts[Self.genres.count + theme, column]
                    + noise * generator.normal()
                if placesBySquare {
                    placements[item, column] += (isWarm ? 1 : -1) * parts[parts.rows - 1, column]
                }
            }
        }
        let vectors = Matrix(
            rows: count, columns: Self.dimensions,
            elements: (0..<count).flatMap { placements.row($0).prefix(Self.dimensions) })
        targets = ProjectionTargets(
            vectors: vectors, biases: (0..<count).map { placements[$0, Self.dimensions] },
            counts: (0..<count).map { 20 + $0 % 7 })
    }

    /// Grey noise with a square, at a random place unless one is given: yellow where warm, else blue.
    static func poster(
        isWarm: Bool, at place: (Int, Int)? = nil, using generator: inout RandomGenerator
    ) -> RGBImage {
        let (width, height) = (64, 96)
        var pixels = (0..<width * height * 3).map { _ in UInt8(60 + generator.index(below: 40)) }
        let (top, left) = place ?? (generator.index(below: 70), generator.index(below: 40))
        for row in top..<top + 24 {
            for column in left..<left + 24 {
                let pixel = (row * width + column) * 3
                pixels[pixel + (isWarm ? 0 : 2)] = 240
                pixels[pixel + 1] = isWarm ? 220 : 40
            }
        }
        return RGBImage(width: width, height: height, pixels: pixels)
    }

    /// Share of the variance of the placements that `projected` explains; the gain is for ranking and taken out by a
    /// common factor that fits best.
    func explained(_ projected: Projected, _ rows: [Int]) -> Double {
        let columns = Self.dimensions
        let actual = targets.placements.selectingRows(rows)
        var (cross, square, total) = (0.0, 0.0, 0.0)
        for column in 0..<columns {
            let mean = rows.indices.reduce(0.0) { $0 + Double(actual[$1, column]) } / Double(rows.count)
            let own =
                rows.indices.reduce(0.0) { $0 + Double(projected.vectors[$1, column]) } / Double(rows.count)
            for row in rows.indices {
                let wanted = Double(actual[row, column]) - mean
                let given = Double(projected.vectors[row, column]) - own
                cross += wanted * given
                square += given * given
                total += wanted * wanted
            }
        }
        return square > 0 ? cross * cross / (square * total) : 0
    }
}
