import Catalogue

/// What is refused as no text or number of a catalogue. The OpenAPI document says the same.
enum Limits {
    /// Characters of an id.
    static let id = 512
    /// Characters of a title, a genre, or a value.
    static let title = 2_000
    /// Characters of a description.
    static let description = 200_000
    /// Genres of an item, and values of each of its columns.
    static let values = 1_000
    /// Columns of an item, and attributes of a user.
    static let columns = 1_000
    /// Years of publication.
    static let years = Item.years
    /// What a rating may be.
    static let rating = Double(Rating.range.lowerBound)...Double(Rating.range.upperBound)
    /// Seconds since 1970, until the year 9999 ends.
    static let timestamp: ClosedRange<Int64> = 0...253_402_300_799
    /// What a training's randomness may begin with: whole numbers that every JSON reader has.
    static let seed: ClosedRange<UInt64> = 0...9_007_199_254_740_991
    static let probability = 0.0...1.0
    /// Ratings of one request.
    static let ratings = 10_000
    /// Users of one request.
    static let users = 100
    /// Items of one page.
    static let page = 100
    /// Users of an audience.
    static let audience = 1_000_000
    /// Learned items on the map.
    static let map = 50_000
    /// Places of a list that can be reached page by page.
    static let depth = 10_000

    /// What `isID` wants, for messages.
    static let idKind = "text of 1 to \(id) characters, none of them a control character"

    /// Whether a text can be an id: neither empty nor long, and without characters that nobody sees. A character is a Unicode
    /// scalar here and below, as in JSON Schema.
    static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.count <= id && !text.unicodeScalars.contains(where: \.isControl)
    }

    /// An id in a body.
    static func check(id: String, _ name: String = "id") throws {
        guard isID(id) else { throw Body.invalid(name, idKind) }
    }

    /// A text that is not too long and holds no NUL, which SQLite would end it at.
    static func check(_ text: String, _ name: String, longest: Int) throws {
        guard text.unicodeScalars.count <= longest, !text.unicodeScalars.contains("\0") else {
            throw Body.invalid(name, "text of at most \(longest) characters, none of them NUL")
        }
    }

    /// The name of a column or an attribute, with its values.
    static func check(column name: String, _ values: [String]) throws {
        guard !name.isEmpty else { throw Body.invalid("attributes", "an object whose names are not empty") }
        for text in [name] + values { try check(text, "attributes", longest: title) }
    }
}

extension Unicode.Scalar {
    /// Whether it controls a terminal or a log rather than being text.
    var isControl: Bool { properties.generalCategory == .control }
}
