import Catalogue
import ColdStartCommand
import Diagnostics
import Foundation
import ItemContent
import Recommendation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Pictures of the map") struct MapPictureTests {
    private static let script = "<script>alert(\"x\")</script> & Sons"

    /// Points in a spiral, every fifth new; all have a poster.
    private func map(_ count: Int = 60, together: Bool = false) -> CatalogueMap {
        let points = (0..<count).map { index in
            let (t, r) = (0.7 * Double(index), Double(index) / Double(count))
            return CatalogueMap.Point(
                item: Item(
                    id: "i\(index)", title: index == 5 ? Self.script : "Café \(index)", year: 2000 + index,
                    genres: ["<Noir>"],
                    poster: PosterReference(digest: "\(index)", fileExtension: "png")),
                isNew: index % 5 == 0, ratings: index % 5 == 0 ? 0 : 1_000 - index,
                x: together ? 0 : Float(r * cos(t)), y: together ? 0 : Float(r * sin(t)),
                genre: index % 3 == 0 ? 0 : nil)
        }
        return CatalogueMap(
            version: "v1", layout: .neighbours, points: points, genres: ["<Noir>"],
            worth: .init(neighbours: 10, items: count, layout: 0.5, pca: 0.25))
    }

    private func poster(_ item: Item) -> RGBImage? {
        RGBImage(width: 20, height: 30, pixels: [UInt8](repeating: 90, count: 1_800))
    }

    private func plan(_ map: CatalogueMap, posters: Int = 20) throws -> MapPlan {
        try MapPlan(map, posters: posters, monitor: .silent, thumbnail: poster)
    }

    /// Elements and text of a document; nil where it is not well-formed.
    private func parsed(_ text: String) -> DocumentReader? {
        let reader = DocumentReader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        return parser.parse() ? reader : nil
    }

    @Test func postersAndNamesCoverNoOther() throws {
        let plan = try plan(map())
        #expect(plan.pictures.count > 8 && plan.pictures.count <= 20)
        #expect(plan.pictures.count { plan.map.points[$0.point].isNew } <= 10)
        let frames = plan.pictures.map(\.frame) + plan.names.map(\.frame)
        for (index, frame) in frames.enumerated() {
            #expect(MapPlan.area.grown(by: 30).contains(frame))
            for other in frames[(index + 1)...] { #expect(!frame.overlaps(other)) }
        }
        #expect(Set(plan.dots).isDisjoint(with: plan.pictures.map(\.point)))
        #expect(plan.dots.count + plan.pictures.count == plan.map.points.count)
        // Every new one has its name.
        #expect(plan.names.count { $0.isNew } == plan.map.newItems.count)
        #expect(plan.names.allSatisfy { $0.isNew == $0.text.hasPrefix("★ ") })
    }

    /// Where all stand at one place there is one poster: that of the latest new item, or of the best known.
    @Test func thePosterIsThatOfTheBestKnown() throws {
        let crowded = map(11, together: true)
        #expect(try plan(crowded).pictures.map(\.point) == [10])
        let known = CatalogueMap(
            version: "v1", layout: .pca, points: crowded.points.filter { !$0.isNew }, genres: [],
            worth: crowded.worth)
        #expect(try plan(known).pictures.map { known.points[$0.point].item.id } == ["i1"])
        #expect(try plan(crowded, posters: 0).pictures.isEmpty)
    }

    @Test func thePNGDecodesAndHasItsSize() throws {
        let plan = try plan(map())
        let image = MapPNG(plan).image()
        let bytes = try PNGEncoder.encode(image)
        let decoded = try PosterDecoder.decode(bytes, name: "map.png")
        #expect(decoded == image)
        #expect(decoded.width == 2_400 && decoded.height == 1_800)
        // The poster's own grey is in its middle.
        for picture in plan.pictures {
            let column = Int(picture.frame.middleX * MapPNG.scale)
            let row = Int(picture.frame.middleY * MapPNG.scale)
            let start = 3 * (row * decoded.width + column)
            #expect(decoded.pixels[start..<(start + 3)] == [90, 90, 90])
        }
        #expect(MapPNG(plan).image() == image)
    }

    @Test func theSVGIsWellFormedAndSaysEveryTitle() throws {
        let map = map()
        let plan = try plan(map)
        let text = try MapSVG(plan).text()
        let document = try #require(parsed(text))
        #expect(document.names.first == "svg" && !document.names.contains("script"))
        #expect(document.names.count { $0 == "image" } == plan.pictures.count)
        // One of the whole, one an item.
        #expect(document.names.count { $0 == "title" } == map.points.count + 1)
        for point in map.points { #expect(document.text.contains(point.item.title)) }
        #expect(!text.contains("<script") && text.contains("&lt;script&gt;alert(&quot;x&quot;)"))
        let outside = text.replacing("http://www.w3.org/2000/svg", with: "")
        for word in ["http:", "https:", "url(", "@import"] { #expect(!outside.contains(word), "\(word)") }
        #expect(try MapSVG(plan).text() == text)
    }

    @Test func thePageIsWellFormedAndNeedsNothingElse() throws {
        let map = map()
        let page = try MapPage(plan(map), posters: 20, monitor: .silent, thumbnail: poster)
        #expect(page.posterCount == 20)
        let html = try page.html()
        let document = try #require(parsed(html))
        #expect(document.names.count { $0 == "script" } == 2)
        for word in ["http:", "https:", "<link", "url(", "@import", "src=\"", "innerHTML"] {
            #expect(!html.contains(word), "\(word)")
        }
        #expect(html.contains("default-src 'none'") && html.contains("prefers-color-scheme: dark"))
        #expect(html.contains("<html lang=\"en\">") && html.contains("tabindex=\"0\""))
        // New items are in the list, without the script too.
        #expect(document.names.count { $0 == "li" } == map.newItems.count)
        for point in map.newItems {
            let item = map.points[point].item
            #expect(html.contains("★ \(item.title.escapedForXML) (\(item.year ?? 0))</button>"))
        }
        #expect(!html.contains("<script>alert"))
    }

    @Test func thePagesDataIsThatOfTheMap() throws {
        struct Entry: Decodable {
            let x, y: Double
            let genre: Int
            let isNew: Bool
            let title: String
            let ratings: Int
            let poster: String?
        }
        struct Content: Decodable { let items: [Entry] }
        let map = map()
        let html = try MapPage(plan(map), posters: 20, monitor: .silent, thumbnail: poster).html()
        let start = try #require(html.range(of: "id=\"data\">")).upperBound
        let end = try #require(html.range(of: "</script>", range: start..<html.endIndex)).lowerBound
        let items = try StableJSON.decode(Content.self, from: Data(html[start..<end].utf8)).items
        #expect(items.count == map.points.count)
        for (item, point) in zip(items, map.points) {
            #expect(item.title == "\(point.item.title) (\(point.item.year ?? 0))")
            #expect(item.isNew == point.isNew && item.ratings == point.ratings)
            #expect(item.genre == point.genre ?? -1)
            #expect(abs(item.x - Double(point.x)) < 1e-4 && abs(item.y - Double(point.y)) < 1e-4)
        }
        let addresses = items.compactMap(\.poster)
        #expect(addresses.count == 20)
        let prefix = "data:image/jpeg;base64,"
        for address in addresses {
            #expect(address.hasPrefix(prefix))
            let bytes = try #require(Data(base64Encoded: String(address.dropFirst(prefix.count))))
            let image = try PosterDecoder.decode(Array(bytes), name: "poster.jpg")
            #expect(image.width == 20 && image.height == 30)
        }
    }

    @Test func lettersLieInTheirDotsAndAccentsFall() {
        for letter in "ABCXYZabcgjpqyxyz0123456789.,:;!?'\"-–()[]/|&+*#%=<>@$_·…★" {
            let glyphs = StrokeFont.glyphs(of: String(letter))
            #expect(glyphs.count == 1 && glyphs.allSatisfy { !$0.strokes.isEmpty }, "\(letter)")
            for stroke in glyphs.flatMap(\.strokes) {
                for end in [stroke.from, stroke.to] {
                    #expect(end.x >= 0 && end.x < Float(glyphs[0].width), "\(letter)")
                    #expect(end.y >= 0 && end.y <= StrokeFont.depth, "\(letter)")
                }
            }
        }
        func same(_ a: String, _ b: String) -> Bool {
            let (a, b) = (StrokeFont.glyphs(of: a), StrokeFont.glyphs(of: b))
            return a.count == b.count
                && zip(a, b).allSatisfy { one, other in
                    one.width == other.width
                        && zip(one.strokes, other.strokes).allSatisfy { $0.from == $1.from && $0.to == $1.to }
                }
        }
        #expect(same("Amélie – Straße", "Amelie – Strasse"))
        #expect(same("Ω", "?") && !same("a", "b"))
        #expect(StrokeFont.width(of: "", size: 10) == 0)
        #expect(StrokeFont.width(of: "mm", size: 20) == 2 * StrokeFont.width(of: "mm", size: 10))
    }

    private final class DocumentReader: NSObject, XMLParserDelegate {
        var names: [String] = []
        var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            names.append(name)
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }
}
