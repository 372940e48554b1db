import Foundation
import HTTPTypes

/// A form as browsers send it with files (RFC 7578): parts between boundaries, each with a name, some with a file.
package struct MultipartForm {
    /// A field or a file; which of them, its name says.
    private struct Part {
        let name: String
        let bytes: ArraySlice<UInt8>
    }

    private let parts: [Part]

    private static let mostParts = 2_000

    /// - Throws: `request.malformed_form` where the body is no such form.
    package init(_ body: [UInt8], contentType: String) throws {
        guard let boundary = Self.parameter("boundary", of: contentType),
            (1...70).contains(boundary.utf8.count)
        else { throw Self.malformed("the boundary is missing") }
        let delimiter = Array("--\(boundary)".utf8)
        var parts: [Part] = []
        guard var place = body[...].range(of: delimiter)?.upperBound else {
            throw Self.malformed("the boundary is nowhere in the body")
        }
        while true {
            let rest = body[place...]
            if rest.starts(with: Array("--".utf8)) { break }
            // The line end behind a boundary is not also the one before the next.
            let content = rest.dropFirst(Self.lineEnd.count)
            guard rest.starts(with: Self.lineEnd), parts.count < Self.mostParts,
                let end = content.range(of: Self.lineEnd + delimiter)
            else { throw Self.malformed("a part has no end") }
            parts.append(try Self.part(content[..<end.lowerBound]))
            place = end.upperBound
        }
        self.parts = parts
    }

    /// Names of the fields, each once, sorted.
    package var names: [String] { Set(parts.map(\.name)).sorted() }

    /// The value of a field that is there once.
    ///
    /// - Throws: `request.repeated_property`.
    package func text(_ name: String) throws -> String? {
        try single(name).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// All values of a field.
    package func texts(_ name: String) -> [String] {
        parts.filter { $0.name == name }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// The bytes of a field that is there once.
    ///
    /// - Throws: `request.repeated_property`.
    package func bytes(_ name: String) throws -> [UInt8]? { try single(name).map { Array($0.bytes) } }

    private func single(_ name: String) throws -> Part? {
        let found = parts.filter { $0.name == name }
        guard found.count <= 1 else {
            throw Problem(
                .unprocessableContent, "request.repeated_property", "'\(name)' is there more than once",
                fix: "give it once")
        }
        return found.first
    }

    private static let lineEnd = Array("\r\n".utf8)

    /// Header lines, an empty line, content.
    private static func part(_ bytes: ArraySlice<UInt8>) throws -> Part {
        guard let blank = bytes.range(of: lineEnd + lineEnd) else { throw malformed("a part has no header") }
        let header = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self)
        for line in header.components(separatedBy: "\r\n") {
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2, field[0].lowercased() == "content-disposition" else { continue }
            guard let name = parameter("name", of: String(field[1])) else { break }
            return Part(name: name, bytes: bytes[blank.upperBound...])
        }
        throw malformed("a part has no name")
    }

    /// A parameter of a header's value: `name="a title"` or `name=title`.
    private static func parameter(_ name: String, of value: String) -> String? {
        var rest = value[...]
        while let separator = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: separator)...].drop(while: \.isWhitespace)
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let found = rest[..<equals].lowercased() == name
            rest = rest[rest.index(after: equals)...]
            let (text, end) = token(rest)
            if found { return text }
            rest = rest[end...]
        }
        return nil
    }

    /// A quoted text with its escapes undone, or a word.
    private static func token(_ text: Substring) -> (String, Substring.Index) {
        guard text.first == "\"" else {
            let end = text.firstIndex(of: ";") ?? text.endIndex
            return (text[..<end].trimmingCharacters(in: .whitespaces), end)
        }
        var result = ""
        var index = text.index(after: text.startIndex)
        while index < text.endIndex, text[index] != "\"" {
            if text[index] == "\\", text.index(after: index) < text.endIndex {
                index = text.index(after: index)
            }
            result.append(text[index])
            index = text.index(after: index)
        }
        return (result, index < text.endIndex ? text.index(after: index) : index)
    }

    private static func malformed(_ what: String) -> Problem {
        Problem(
            .badRequest, "request.malformed_form", "the form cannot be read: \(what)",
            fix: "send multipart/form-data as browsers and curl -F do")
    }
}

extension ArraySlice<UInt8> {
    /// Where `pattern` first occurs.
    fileprivate func range(of pattern: [UInt8]) -> Range<Int>? {
        guard let first = pattern.first, count >= pattern.count else { return nil }
        var start = startIndex
        while let candidate = self[start...(endIndex - pattern.count)].firstIndex(of: first) {
            if self[candidate...].starts(with: pattern) { return candidate..<candidate + pattern.count }
            start = candidate + 1
            if start > endIndex - pattern.count { break }
        }
        return nil
    }
}
