package import Catalogue
package import Diagnostics
import Foundation
package import ItemContent
import Recommendation

/// The map as one HTML page that needs nothing else: to pan, zoom, search and point at. It asks no network, and may not.
package struct MapPage {
    private let map: CatalogueMap
    private let posters: [Int: String]

    /// - Parameters:
    ///   - plan: whose posters are in it. Which of them are seen depends on how far one has zoomed in.
    ///   - posters: how many at most; what the plan leaves goes to the items with the most ratings.
    ///   - thumbnail: an item's poster; nil where it has none.
    package init(
        _ plan: MapPlan, posters: Int, monitor: WorkMonitor, thumbnail: (Item) throws -> RGBImage?
    ) throws {
        map = plan.map
        var addresses: [Int: String] = [:]
        for picture in plan.pictures { addresses[picture.point] = try picture.image.dataURI() }
        for point in map.knownItems where addresses.count < posters && addresses[point] == nil {
            guard map.points[point].item.poster != nil else { continue }
            try monitor.report("Reading posters", addresses.count, of: max(1, posters), "posters")
            addresses[point] = try thumbnail(map.points[point].item)?.dataURI()
        }
        try monitor.report("Reading posters", posters, of: posters, "posters")
        self.posters = addresses
    }

    /// How many posters are in it.
    package var posterCount: Int { posters.count }

    package func html() throws -> String {
        let words = MapWords(map: map)
        let new = map.newItems
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="generator" content="coldstart"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
            script-src 'unsafe-inline'"/>
            <title>Map of \(words.title.escapedForXML)</title>
            <style>
            \(MapPageParts.css)
            </style>
            </head>
            <body>
            <main>
            <section class="chart" aria-label="Map">
            <header><h1>\(words.title.escapedForXML)</h1>
            <p>\((words.explanation + " " + words.worth).escapedForXML)</p></header>
            <canvas tabindex="0" role="img" aria-describedby="keys" aria-label="Map of \(words.title.escapedForXML)"></canvas>
            <div class="tools"><button type="button" id="in" aria-label="Zoom in">+</button>\
            <button type="button" id="out" aria-label="Zoom out">−</button>\
            <button type="button" id="all" aria-label="Show all">All</button></div>
            <div id="tip" hidden="hidden"><img alt=""/><p><b></b><span></span></p></div>
            </section>
            <aside>
            <label for="search">Find a title</label>
            <input id="search" type="search" autocomplete="off"/>
            <p id="found" role="status">\(new.isEmpty ? "No item is new." : "New, the latest first:")</p>
            <ul id="list">
            \(new.map(entry).joined(separator: "\n"))
            </ul>
            <h2>Genres</h2>
            <div id="genres">\(words.legend.enumerated().map(key).joined())</div>
            <p id="keys">Drag, pinch or turn the wheel. On the map, arrow keys move, + and − zoom, 0 shows all, N goes to the \
            next new item (★, in a ring).</p>
            </aside>
            </main>
            <script type="application/json" id="data">\(try data())</script>
            <script>//<![CDATA[
            \(MapPageParts.script)
            //]]></script>
            </body>
            </html>

            """
    }

    private func entry(_ point: Int) -> String {
        let item = map.points[point].item
        return """
            <li><button type="button" data-item="\(point)">★ \(titled(item.title, item.year).escapedForXML)</button></li>
            """
    }

    private func key(_ position: Int, _ entry: (name: String, colour: MapColour)) -> String {
        // What has no colour of its own stands last.
        let genre = position < map.genres.count ? position : -1
        return """
            <button type="button" aria-pressed="false" data-genre="\(genre)"><i style="background:\(entry.colour.css)"></i>\
            \(entry.name.escapedForXML)</button>
            """
    }

    /// What the script reads. Nothing in it can end the element that it stands in.
    private func data() throws -> String {
        struct Entry: Encodable {
            let x, y: Double
            let genre: Int
            let isNew: Bool
            let title, about: String
            let ratings: Int
            let poster: String?
        }
        struct Data: Encodable {
            let colours: [String]
            let items: [Entry]
        }
        let items = map.points.enumerated().map { index, point in
            Entry(
                x: (Double(point.x) * 10_000).rounded() / 10_000,
                y: (Double(point.y) * 10_000).rounded() / 10_000,
                genre: point.genre ?? -1, isNew: point.isNew,
                title: titled(point.item.title, point.item.year),
                about: point.item.genres.joined(separator: ", "), ratings: point.ratings,
                poster: posters[index])
        }
        let colours = map.genres.indices.map { MapColour.ofGenre($0).css } + [MapColour.other.css]
        let json = String(
            decoding: try StableJSON.encode(Data(colours: colours, items: items), pretty: false),
            as: UTF8.self)
        return json.replacing("&", with: "\\u0026").replacing("<", with: "\\u003c").replacing(
            ">", with: "\\u003e")
    }
}
