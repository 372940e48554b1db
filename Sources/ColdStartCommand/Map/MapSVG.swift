import Catalogue
import Foundation
import ItemContent
import Recommendation

/// The map as an SVG that needs nothing else: posters are inside it, text is text, and every item says its title.
package struct MapSVG {
    private let plan: MapPlan

    package init(_ plan: MapPlan) { self.plan = plan }

    /// - Throws: what the encoder of posters throws.
    package func text() throws -> String {
        let words = MapWords(map: plan.map)
        let (width, height) = (number(MapPlan.width), number(MapPlan.height))
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img">
            <title>\(words.title.escapedForXML)</title>
            <desc>\((words.explanation + " " + words.worth).escapedForXML)</desc>
            <style>\(Self.css)</style>
            <rect width="100%" height="100%" fill="\(MapColour.paper.css)"/>
            <text class="head" x="48" y="52">\(words.title.escapedForXML)</text>
            <text class="sub" x="48" y="78">\((words.explanation + " " + words.worth).escapedForXML)</text>
            <g>
            \(plan.names.compactMap(\.line).map(line).joined(separator: "\n"))
            </g>
            <g>
            \(plan.dots.map(dot).joined(separator: "\n"))
            </g>
            <g>
            \(try plan.pictures.reversed().map(picture).joined(separator: "\n"))
            </g>
            <g>
            \(plan.names.map(name).joined(separator: "\n"))
            </g>
            <g>
            \(MapLegend(words).entries.map(legend).joined(separator: "\n"))
            </g>
            </svg>

            """
    }

    private static let css = """
        text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; \
        fill: \(MapColour.ink.css); } \
        .head { font-size: 27px; font-weight: 650; } .sub { font-size: 14px; fill: \(MapColour.soft.css); } \
        .name { font-size: 12.5px; } .new { font-size: 15px; font-weight: 650; } \
        .name, .new { paint-order: stroke; stroke: \(MapColour.paper.css); stroke-width: 3.5px; stroke-linejoin: round; } \
        .key { font-size: \(Int(MapLegend.size))px; } .ring { fill: none; stroke: \(MapColour.ink.css); stroke-width: 2; }
        """

    private func dot(_ point: Int) -> String {
        let (item, place) = (plan.map.points[point], plan.places[point])
        let (x, y) = (number(place.x), number(place.y))
        let title = "<title>\(plan.map.points[point].hint.escapedForXML)</title>"
        let fill = MapColour.ofGenre(item.genre).css
        guard item.isNew else {
            return """
                <circle cx="\(x)" cy="\(y)" r="\(number(plan.radius - 0.3))" fill="\(fill)" stroke="#000" \
                stroke-opacity=".35" stroke-width=".6">\(title)</circle>
                """
        }
        return """
            <g>\(title)<circle cx="\(x)" cy="\(y)" r="\(number(plan.newRadius + 4.5))" fill="\(MapColour.paper.css)"/>\
            <circle cx="\(x)" cy="\(y)" r="\(number(plan.newRadius))" fill="\(fill)"/>\
            <circle class="ring" cx="\(x)" cy="\(y)" r="\(number(plan.newRadius + 3))"/></g>
            """
    }

    private func picture(_ picture: MapPlan.Picture) throws -> String {
        let point = plan.map.points[picture.point]
        var text = "<g><title>\(point.hint.escapedForXML)</title>"
        if point.isNew {
            text += rectangle(picture.frame.grown(by: 6.5), corner: 6, .ink)
            text += rectangle(picture.frame.grown(by: 4), corner: 4, .paper)
        } else {
            text += rectangle(picture.frame.grown(by: 3.5), corner: 3.5, .paper)
        }
        text += rectangle(picture.frame.grown(by: 2.3), corner: 2.3, MapColour.ofGenre(point.genre))
        let frame = picture.frame
        return text + """
            <image x="\(number(frame.x))" y="\(number(frame.y))" width="\(number(frame.width))" \
            height="\(number(frame.height))" href="\(try picture.image.dataURI())"/></g>
            """
    }

    private func rectangle(_ frame: MapRectangle, corner: Double, _ colour: MapColour) -> String {
        """
        <rect x="\(number(frame.x))" y="\(number(frame.y))" width="\(number(frame.width))" \
        height="\(number(frame.height))" rx="\(number(corner))" fill="\(colour.css)"/>
        """
    }

    private func line(_ line: (from: (x: Double, y: Double), to: (x: Double, y: Double))) -> String {
        """
        <path class="ring" style="stroke-width:1.2" d="M\(number(line.from.x)) \(number(line.from.y)) \
        L\(number(line.to.x)) \(number(line.to.y))"/>
        """
    }

    /// As wide as there is room for, whatever letters the reader's machine has.
    private func name(_ name: MapName) -> String {
        """
        <text class="\(name.isNew ? "new" : "name")" x="\(number(name.frame.x + 1))" y="\(number(name.baseline))" \
        textLength="\(number(name.frame.width - 2))" lengthAdjust="spacingAndGlyphs">\(name.text.escapedForXML)</text>
        """
    }

    private func legend(_ entry: MapLegend.Entry) -> String {
        let (x, y) = (number(entry.x + 6), number(MapLegend.baseline - 5))
        let mark =
            entry.colour.map { "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"6\" fill=\"\($0.css)\"/>" }
            ?? "<circle class=\"ring\" cx=\"\(x)\" cy=\"\(y)\" r=\"5.5\"/>"
        return mark + """
            <text class="key" x="\(number(entry.x + 19))" y="\(number(MapLegend.baseline))">\
            \(entry.text.escapedForXML)</text>
            """
    }

    /// With a decimal where it needs one.
    private func number(_ value: Double) -> String {
        let text = value.formatted(1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension CatalogueMap.Point {
    /// `Title (1995), 212 ratings`, or that it is new.
    var hint: String {
        titled(item.title, item.year)
            + (isNew ? ", new" : ", \(ratings.grouped) rating" + (ratings == 1 ? "" : "s"))
    }
}

extension RGBImage {
    /// The picture as an address that holds it.
    func dataURI() throws -> String {
        "data:image/jpeg;base64,"
            + Data(try JPEGEncoder.encode(self, quality: 85)).base64EncodedString()
    }
}

extension String {
    /// As text or an attribute of XML, which unlike HTML knows no control characters.
    package var escapedForXML: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.filter {
                    ($0.value >= 0x20 || $0 == "\t" || $0 == "\n") && $0.value != 0xFFFE && $0.value != 0xFFFF
                })
        ).escapedForHTML
    }
}
