import Foundation

/// The best figures of both sides so far, and the rows that follow from them.
struct ComparisonTable {
    private var ours: [String: Double] = [:]
    private var theirs: [String: Double] = [:]

    /// The head of the table, in Markdown.
    static let header = """
        | | ours | best peer | | ratio | goal | |
        | --- | ---: | ---: | --- | ---: | ---: | --- |
        """

    /// Takes in the records of one run of either side.
    mutating func add(_ records: [BenchmarkRecord]) {
        for goal in Goal.all {
            for record in records where record.bench == goal.bench {
                guard let value = record[goal.key] else { continue }
                if record.name == goal.ours {
                    ours[goal.row] = ours[goal.row].map { goal.better($0, value) } ?? value
                } else if goal.peers.contains(record.name) {
                    theirs[goal.row] = theirs[goal.row].map { goal.better($0, value) } ?? value
                }
            }
        }
    }

    /// The rows of everything that was added since the last call.
    mutating func finish() -> [String] {
        defer { (ours, theirs) = ([:], [:]) }
        return Goal.all.compactMap { goal in
            guard let own = ours[goal.row] else { return nil }
            var cells = [goal.row, BenchmarkRecord.digits(own), "–", goal.key, "–", "≥ \(goal.goal)", ""]
            if let peer = theirs[goal.row] {
                let ratio = goal.ratio(own, peer)
                cells[2] = BenchmarkRecord.digits(peer)
                cells[4] = String(format: "%.2f", ratio)
                cells[6] = ratio >= goal.goal ? "met" : "missed"
            }
            return "| " + cells.joined(separator: " | ") + " |"
        }
    }
}
