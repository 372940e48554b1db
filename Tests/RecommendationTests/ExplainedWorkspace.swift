import Catalogue
import FloatKernels
import ItemContent

/// A catalogue in which it is known why anybody likes anything: every film is of one of two genres, its description is of one of
/// two themes, and on its poster stands a square of one of two colours. A user wants one value of one of these three, and
/// nothing else matters to him.
final class ExplainedWorkspace {
    /// What a user looks at.
    enum Cause: Int, CaseIterable {
        case genre, theme, square
    }

    static let genres = ["Comedy", "Drama"]
    static let themes = ["sea", "space"]

    var workspace: Workspace { imported.workspace }
    private let imported: ImportedWorkspace

    init(items: Int = 160, users: Int = 90) throws {
        var posters: [String: [UInt8]] = [:]
        var generator = RandomGenerator(seed: 5)
        var itemLines = "item_id,title,year,genres,description,poster\n"
        var ratings = "user_id,item_id,rating\n"
        var values: [[Int]] = []
        for item in 0..<items {
            let own = Cause.allCases.map { _ in generator.index(below: 2) }
            values.append(own)
            let place = (generator.index(below: 70), generator.index(below: 40))
            posters["i\(item).png"] = try Self.poster(own[2], at: place, seed: UInt64(item))
            let words = (0..<8).flatMap { _ in
                ["\(Self.themes[own[1]])\(generator.index(below: 8))", "filler\(generator.index(below: 40))"]
            }
            itemLines +=
                "i\(item),Item \(item),\(1950 + generator.index(below: 60)),\(Self.genres[own[0]]),"
                + "\(words.joined(separator: " ")),i\(item).png\n"
        }
        for user in 0..<users {
            let (cause, wanted) = Self.wish(ofUser: user)
            for item in 0..<items {
                let isWanted = values[item][cause.rawValue] == wanted
                guard generator.uniform() < (isWanted ? 0.5 : 0.1) else { continue }
                let likes = generator.uniform() < (isWanted ? 0.9 : 0.1)
                ratings += "u\(user),i\(item),\(likes ? 5 : 2)\n"
            }
        }
        imported = try ImportedWorkspace(items: itemLines, ratings: ratings, posters: posters)
    }

    /// What a user wants, and which of its two values.
    static func wish(ofUser user: Int) -> (cause: Cause, value: Int) {
        (Cause.allCases[user % 6 / 2], user % 2)
    }

    /// Grey noise with a square of 24 pixels: blue for 0, yellow for 1; a PNG file.
    static func poster(_ value: Int, at place: (row: Int, column: Int), seed: UInt64) throws -> [UInt8] {
        var generator = RandomGenerator(seed: seed)
        let (width, height) = (64, 96)
        var pixels = (0..<width * height * 3).map { _ in UInt8(60 + generator.index(below: 40)) }
        for row in place.row..<(place.row + 24) {
            for column in place.column..<(place.column + 24) {
                let pixel = (row * width + column) * 3
                pixels[pixel + (value == 1 ? 0 : 2)] = 240
                pixels[pixel + 1] = value == 1 ? 220 : 40
            }
        }
        return try PNGEncoder.encode(RGBImage(width: width, height: height, pixels: pixels))
    }
}
