/// Columns for people.
struct TextTable {
    private var rows: [[String]] = []
    private let isRightAligned: [Bool]

    /// - Parameter columns: title, and whether its cells stand at the right.
    init(_ columns: [(title: String, isRight: Bool)]) {
        isRightAligned = columns.map(\.isRight)
        rows = [columns.map(\.title)]
    }

    mutating func add(_ cells: String...) { add(cells) }

    mutating func add(_ cells: [String]) {
        precondition(cells.count == isRightAligned.count)
        rows.append(cells)
    }

    /// Lines, indented by two, each with a line end.
    func rendered() -> String {
        let widths = isRightAligned.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return isRightAligned[column] ? padding + row[column] : row[column] + padding
            }
            var line = "  " + cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}

/// A share as a bar of eighths: people would rather look than read.
func bar(_ share: Double, width: Int = 20) -> String {
    let eighths = Int((min(max(share, 0), 1) * Double(width) * 8).rounded())
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + partial
}
