/// Where a page of a list begins, as clients hand it back: opaque to them, so that what it counts may change.
///
/// Every text that the OpenAPI document calls a cursor is one: the letter c and 1 to 15 decimal digits. Behind the end there
/// is an empty page, so that a list which has become shorter is no error to who was reading it.
enum Cursor {
    private static let mostDigits = 15

    /// What a client sends to get what follows `position`.
    static func text(after position: Int64) -> String { "c\(position)" }

    /// The position that a cursor stands for, 0 where there is none.
    ///
    /// - Throws: `request.invalid_parameter`.
    static func position(_ text: String?) throws -> Int64 {
        guard let text else { return 0 }
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "c"), digits.count <= mostDigits,
            digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let position = Int64(text.dropFirst())
        else { throw Query.invalid("cursor", text, "the 'next_cursor' of the page before, as it came") }
        return position
    }
}
