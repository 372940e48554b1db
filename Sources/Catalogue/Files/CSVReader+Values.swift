extension CSVReader {
    /// A field of the current record as a number.
    ///
    /// - Throws: `csv.number` where it is not one, or not finite.
    public func float(_ field: Int) throws -> Float {
        guard let number = try parseDecimal(bytes(field)) ?? Double(string(field).trimmingSpaces()) else {
            throw error(
                field, code: "csv.number",
                "'\(try string(field))' in column '\(columns[field])' is not a number",
                fix: "write a number such as 4.5")
        }
        guard Float(number).isFinite else {
            throw error(
                field, code: "csv.number", "the number in column '\(columns[field])' is not finite",
                fix: "write a number such as 4.5, or leave the record out")
        }
        return Float(number)
    }

    /// A field of the current record as a whole number; nil where it is empty.
    ///
    /// A fraction of zero, as other programs write it after a column of numbers had gaps (`1995.0`), is taken.
    ///
    /// - Throws: `csv.number` where it is not a whole number.
    public func integer(_ field: Int) throws -> Int64? {
        let bytes = bytes(field)
        if bytes.isEmpty { return nil }
        if let number = try parseDecimal(bytes) ?? Double(string(field).trimmingSpaces()),
            let integer = Int64(exactly: number)
        {
            return integer
        }
        let text = try string(field)
        if text.trimmingSpaces().isEmpty { return nil }
        throw error(
            field, code: "csv.number", "'\(text)' in column '\(columns[field])' is not a whole number",
            fix: "write a whole number, or leave the field empty")
    }

    /// A field of the current record as whole seconds, a fraction being cut off; nil where it is empty.
    ///
    /// - Throws: `csv.number` where it is not a number.
    func seconds(_ field: Int) throws -> Int64? {
        if let number = try parseDecimal(bytes(field)) ?? Double(string(field).trimmingSpaces()),
            let whole = Int64(exactly: number.rounded(.down))
        {
            return whole
        }
        return try integer(field)
    }

    /// A field of the current record as several values separated by `|`; spaces around them and empty ones are dropped.
    public func values(_ field: Int) throws -> [String] {
        try string(field).split(separator: "|").map { String($0).trimmingSpaces() }.filter { !$0.isEmpty }
    }
}

/// A number of digits with an optional sign and fraction; nil for anything else, such as an exponent.
///
/// Exact for up to 15 digits: both the digits and the power of ten are then exact in a `Double`.
func parseDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var mantissa: Int64 = 0
    var digits = 0
    var scale = 1.0
    var inFraction = false
    let isNegative = bytes.first == 0x2D
    for byte in isNegative ? bytes.dropFirst() : bytes[...] {
        if byte == 0x2E, !inFraction {
            inFraction = true
            continue
        }
        let digit = byte &- 0x30
        guard digit < 10, digits < 15 else { return nil }
        mantissa = mantissa &* 10 &+ Int64(digit)
        digits += 1
        if inFraction { scale *= 10 }
    }
    guard digits > 0 else { return nil }
    let value = Double(mantissa) / scale
    return isNegative ? -value : value
}
