/// Where picture and words go on a poster of 200 × 300 pixels.
enum Layout {
    /// The picture covers the sheet, the title stands in its sky.
    case full
    /// The picture has a margin of paper, the title stands under it.
    case framed

    var isFramed: Bool { self == .framed }

    /// Upper left corner of the picture.
    var origin: Point { isFramed ? Point(11, 11) : .zero }

    /// The framed picture is cut below, so that its motif is as large as on a full sheet.
    var size: Point { isFramed ? Point(178, 219) : Point(200, 300) }

    /// Room for the words across.
    var titleWidth: Float { isFramed ? 172 : 168 }

    /// The middle of the title, downwards.
    var titleMiddle: Float { isFramed ? 256 : 46 }

    /// Room for the title from top to bottom.
    var titleHeight: Float { isFramed ? 40 : 66 }

    var creditTop: Float { isFramed ? 285 : 287 }

    /// Covers whatever was drawn past the frame with paper, or lays a dark band under the credit.
    func trim(_ scene: inout Scene) {
        guard isFramed else {
            scene.fill(.rectangle(x: 0, y: 281, width: 200, height: 19), scene.palette.near)
            return
        }
        var margin = Path.rectangle(x: 0, y: 0, width: 200, height: 300)
        margin.cut(.rectangle(x: origin.x, y: origin.y, width: size.x, height: size.y))
        scene.fill(margin, scene.palette.light)
    }
}
