extension Scene {
    /// Draws one of the theme's motifs over the whole frame.
    mutating func draw(_ theme: Theme) {
        switch theme {
        case .space: drawSpace()
        case .noir: drawNoir()
        case .pastoral: drawPastoral()
        case .family: drawFamily()
        case .horror: drawHorror()
        case .sports: drawSports()
        case .heist: drawHeist()
        case .musical: drawMusical()
        case .western: drawWestern()
        case .sea: drawSea()
        case .history: drawHistory()
        case .fantasy: drawFantasy()
        }
    }

    /// The ink that can be read on what is behind the title.
    func inkOnSky() -> Colour {
        palette.ink(on: average(from: 20, to: 70))
    }

    private func average(from top: Int, to bottom: Int) -> Colour {
        let rows = canvas.pixels[top * canvas.width..<bottom * canvas.width]
        return Colour(channels: rows.reduce(.zero) { $0 + $1.channels } / Float(rows.count))
    }
}
