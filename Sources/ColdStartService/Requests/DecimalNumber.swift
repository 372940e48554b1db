extension Double {
    /// The number that a text writes in decimal digits, be it with a point or an exponent; nil for other texts, such as the
    /// hexadecimal and the infinite numbers that `Double.init` reads too.
    init?(decimal text: String) {
        guard text.utf8.allSatisfy("0123456789+-.eE".utf8.contains), let value = Double(text) else {
            return nil
        }
        self = value
    }
}

extension Int {
    /// The whole number that a text writes: 1994, or 1994.0, which is the same number in JSON.
    init?(decimal text: String) {
        guard let value = Int(text) ?? Double(decimal: text).flatMap(Int.init(exactly:)) else { return nil }
        self = value
    }
}
