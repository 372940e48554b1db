import Foundation

/// Where a page of a list begins, as clients hand it back: opaque to them, so that what it counts may change.
enum Cursor {
    /// What a client sends to get what follows `position`.
    static func text(after position: Int64) -> String {
        Data("c1.\(position)".utf8).base64EncodedString().trimmingCharacters(in: ["="])
    }

    /// The position that a cursor stands for, 0 where there is none.
    ///
    /// - Throws: `request.invalid_parameter`.
    static func position(_ text: String?) throws -> Int64 {
        guard let text else { return 0 }
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        guard let data = Data(base64Encoded: text + padding),
            let words = String(data: data, encoding: .utf8), words.hasPrefix("c1."),
            let position = Int64(words.dropFirst(3)), position >= 0
        else {
            throw Query.invalid("cursor", text, "the 'next_cursor' of the page before, as it came")
        }
        return position
    }
}
