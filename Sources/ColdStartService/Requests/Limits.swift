/// What is refused as no text of a catalogue.
enum Limits {
    /// Bytes of an id.
    static let id = 512
    /// Bytes of a title, a genre, or a value.
    static let title = 2_000
    /// Bytes of a description.
    static let description = 200_000
    /// Values of an item.
    static let values = 1_000
    /// Years of publication.
    static let years = -10_000...10_000
    /// Ratings of one request.
    static let ratings = 10_000
    /// Users of one request.
    static let users = 100
    /// Items of one page.
    static let page = 100
    /// Places of a list that can be reached page by page.
    static let depth = 10_000

    /// An id: neither empty nor long, and without characters that nobody sees.
    static func check(id: String, _ name: String = "id") throws {
        guard !id.isEmpty, id.utf8.count <= Self.id, !id.unicodeScalars.contains(where: \.isControl) else {
            throw Body.invalid(name, "text of 1 to \(Self.id) bytes without control characters")
        }
    }

    /// A text that is not too long and holds no NUL, which SQLite would end it at.
    static func check(_ text: String, _ name: String, longest: Int) throws {
        guard text.utf8.count <= longest, !text.unicodeScalars.contains("\0") else {
            throw Body.invalid(name, "text of at most \(longest) bytes")
        }
    }
}

extension Unicode.Scalar {
    /// Whether it controls a terminal or a log rather than being text.
    var isControl: Bool { properties.generalCategory == .control }
}
