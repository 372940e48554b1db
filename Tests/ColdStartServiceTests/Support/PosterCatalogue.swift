import FloatKernels
import Foundation
import ItemContent

/// A catalogue in which nothing but the poster says who likes an item: it is red or blue, and so is what a user likes.
enum PosterCatalogue {
    /// Writes it to a folder, as `import` reads it.
    static func write(to folder: URL) throws {
        var generator = RandomGenerator(seed: 3)
        var items = "item_id,title,poster\n"
        var ratings = "user_id,item_id,rating\n"
        let colours = (0..<60).map { _ in generator.index(below: 2) }
        let posters = folder.appendingPathComponent("posters")
        try FileManager.default.createDirectory(at: posters, withIntermediateDirectories: true)
        for (item, colour) in colours.enumerated() {
            items += "i\(item),Item \(item),posters/i\(item).png\n"
            try poster(colour, seed: UInt64(item)).write(to: posters.appendingPathComponent("i\(item).png"))
        }
        for user in 0..<60 {
            for (item, colour) in colours.enumerated() {
                let isOwn = colour == user % 2
                guard generator.uniform() < (isOwn ? 0.6 : 0.1) else { continue }
                ratings += "u\(user),i\(item),\(generator.uniform() < (isOwn ? 0.9 : 0.1) ? 5 : 2)\n"
            }
        }
        try Data(items.utf8).write(to: folder.appendingPathComponent("items.csv"))
        try Data(ratings.utf8).write(to: folder.appendingPathComponent("ratings.csv"))
    }

    /// Noise that is red for 0 and blue for 1; a PNG file.
    static func poster(_ colour: Int, seed: UInt64) throws -> Data {
        var generator = RandomGenerator(seed: seed)
        let (width, height) = (48, 72)
        let pixels = (0..<width * height * 3).map { index in
            UInt8((index % 3 == 2 * colour ? 160 : 20) + generator.index(below: 60))
        }
        return Data(try PNGEncoder.encode(RGBImage(width: width, height: height, pixels: pixels)))
    }
}
