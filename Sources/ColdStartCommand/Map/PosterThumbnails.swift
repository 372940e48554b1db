import Catalogue
import Diagnostics
import ItemContent

/// Small pictures of posters for a map.
final class PosterThumbnails {
    private let posters: PosterStore
    private let width: Int
    private let height: Int
    /// Posters that could not be read; their items are dots.
    private(set) var unreadable = 0

    /// - Parameters:
    ///   - width: of the box that a picture fits in, in pixels.
    ///   - height: of the box.
    init(_ posters: PosterStore, width: Int, height: Int) {
        self.posters = posters
        self.width = width
        self.height = height
    }

    /// The item's poster, as large as it fits in the box; nil where it has none that can be read.
    func thumbnail(of item: Item) -> RGBImage? {
        guard let poster = item.poster else { return nil }
        guard let bytes = try? posters.bytes(poster),
            let image = try? PosterDecoder.decode(
                bytes, name: posters.path(of: poster), atLeast: (2 * width, 2 * height))
        else {
            unreadable += 1
            return nil
        }
        let scale = min(Double(width) / Double(image.width), Double(height) / Double(image.height))
        return image.resampled(
            width: max(1, Int((scale * Double(image.width)).rounded())),
            height: max(1, Int((scale * Double(image.height)).rounded())))
    }
}
