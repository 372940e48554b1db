/// CSV output where speed matters: millions of lines.
package enum CSVField {
    /// The text as a field, quoted where RFC 4180 asks for it.
    package static func encode(_ text: String) -> [UInt8] {
        let special = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard special else { return Array(text.utf8) }
        let doubled = text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        return Array("\"\(doubled)\"".utf8)
    }

    /// A score with seven decimals, which is what a Float holds.
    package static func append(_ score: Float, to line: inout [UInt8]) {
        guard score.isFinite, abs(score) < 1e6 else { return line += "\(score)".utf8 }
        let scaled = (Double(score) * 1e7).rounded()
        if scaled < 0 { line.append(UInt8(ascii: "-")) }
        let digits = UInt64(abs(scaled))
        appendDigits(digits / 10_000_000, width: 1, to: &line)
        line.append(UInt8(ascii: "."))
        appendDigits(digits % 10_000_000, width: 7, to: &line)
    }

    private static func appendDigits(_ number: UInt64, width: Int, to line: inout [UInt8]) {
        var (rest, place) = (number, 1)
        var divisor: UInt64 = 1
        while rest >= 10 || place < width {
            rest /= 10
            divisor *= 10
            place += 1
        }
        while divisor > 0 {
            line.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
