import ArgumentParser
import Catalogue
import Diagnostics
import FloatKernels
import ItemContent
package import Recommendation

struct MapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Draw all items in the plane: like ones near each other, with posters.",
        discussion: """
            Examples:
              coldstart map --output map.html               one page to pan and search
              coldstart map --output map.png --posters 200
              coldstart map --output map.svg --layout pca   the map of 'serve'

            New items stand in a ring with their names. A poster is drawn where it covers no other: those of new items \
            first, then those of the items with the most ratings; all others are dots. A colour is the rarest of an \
            item's genres among the eight that have most items. The layout 'neighbours' keeps what is alike together, \
            and says how well; in 'pca' a new item moves no other.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp("The file to write: .png, .svg or .html.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: "How items are laid out: neighbours or pca.")
    var layout: MapLayout = .neighbours

    @Option(help: "Posters at most.")
    var posters = 150

    @Option(help: "Seed of the layout: the same one gives the same map.")
    var seed: UInt64 = 1

    func validate() throws {
        _ = try format()
        guard (0...2_000).contains(posters) else {
            throw ValidationError("--posters is a number from 0 to 2000")
        }
    }

    private enum Format: String, CaseIterable, Encodable { case png, svg, html }

    private func format() throws -> Format {
        guard let format = Format.allCases.first(where: { file.lowercased().hasSuffix("." + $0.rawValue) })
        else {
            throw ValidationError("--output writes PNG, SVG or HTML: name the file .png, .svg or .html")
        }
        return format
    }

    private struct Answer: Encodable {
        let file: String
        let format: Format
        let version: String
        let layout: MapLayout
        let seed: UInt64
        let items: Int
        let newItems: Int
        let posters: Int
        let unreadablePosters: Int
        let genres: [String]
        let neighboursKept: CatalogueMap.Worth
    }

    func run() throws {
        try keeping("no map was drawn", "draw it with") { try draw() }
    }

    private func draw() throws {
        let format = try format()
        // Opened first: what cannot be written is said before the work, not after it.
        let sink = try AtomicOutputFile(path: file)
        let workspace = try global.readableWorkspace()
        let snapshot = try global.recommender().snapshot
        let monitor = global.monitor()
        let map = try CatalogueMap(
            snapshot, layout: layout, seed: seed, pool: global.pool(), monitor: monitor)
        let scale = format == .png ? MapPNG.scale : 2
        let thumbnails = PosterThumbnails(
            workspace.posters, width: Int(scale * MapPlan.posterWidth),
            height: Int(scale * MapPlan.posterHeight))
        let plan = try MapPlan(
            map, posters: posters, monitor: monitor, thumbnail: thumbnails.thumbnail)
        var count = plan.pictures.count
        let bytes: [UInt8]
        switch format {
        case .png: bytes = try PNGEncoder.encode(MapPNG(plan).image())
        case .svg: bytes = Array(try MapSVG(plan).text().utf8)
        case .html:
            let page = try MapPage(
                plan, posters: posters, monitor: monitor, thumbnail: thumbnails.thumbnail)
            (count, bytes) = (page.posterCount, Array(try page.html().utf8))
        }
        try sink.write(bytes)
        try sink.finish()
        if thumbnails.unreadable > 0 {
            global.note("\(thumbnails.unreadable) posters cannot be read; their items are dots")
        }
        let answer = Answer(
            file: file, format: format, version: map.version, layout: map.layout, seed: seed,
            items: map.points.count, newItems: map.newItems.count, posters: count,
            unreadablePosters: thumbnails.unreadable, genres: map.genres, neighboursKept: map.worth)
        try output.print(answer) {
            let words = MapWords(map: map)
            return "Drew \(words.title), with \(count.grouped) posters, to \(file).\n"
                + (words.worth.isEmpty ? "" : words.worth + "\n")
        }
    }
}

extension MapLayout: ExpressibleByArgument {}
