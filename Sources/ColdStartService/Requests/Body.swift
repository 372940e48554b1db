import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation

/// The JSON object of a request, read strictly: a property that nobody asked for is an error, with the nearest name that is known.
struct Body: Decodable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let properties: KeyedDecodingContainer<Name>

    init(from decoder: any Decoder) throws { properties = try decoder.container(keyedBy: Name.self) }

    /// - Throws: `request.malformed_json` where the text is no JSON object.
    static func read(_ data: Data) throws -> Body {
        do {
            return try JSONDecoder().decode(Body.self, from: data)
        } catch {
            throw Problem(
                .badRequest, "request.malformed_json", "the body is not a JSON object",
                fix: "send an object in UTF-8, as /openapi.json describes it")
        }
    }

    /// The names of its properties.
    var names: [String] { properties.allKeys.map(\.stringValue) }

    /// - Throws: `request.unknown_property`.
    func expect(_ known: [String]) throws {
        for name in names.sorted() where !known.contains(name) {
            throw Problem(
                .unprocessableContent, "request.unknown_property", "there is no property '\(name)' here",
                fix: Suggestion.question(for: name, among: known)
                    ?? "choose among: \(known.joined(separator: ", "))")
        }
    }

    /// Whether the property is there, be it null.
    func has(_ name: String) -> Bool { properties.contains(Name(name)) }

    /// A property, nil where it is not there or null.
    ///
    /// - Parameter kind: what it should be, for the message: "a whole number".
    func optional<Value: Decodable>(_ name: String, _ kind: String, as: Value.Type = Value.self) throws
        -> Value?
    {
        do {
            return try properties.decodeIfPresent(Value.self, forKey: Name(name))
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Self.invalid(name, kind)
        }
    }

    /// A property that must be there.
    func required<Value: Decodable>(_ name: String, _ kind: String, as: Value.Type = Value.self) throws
        -> Value
    {
        guard let value: Value = try optional(name, kind) else {
            throw Self.missing(name, kind)
        }
        return value
    }

    /// A number within bounds, nil where it is not there or null.
    func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
        try bounded(name, "a number", in: range)
    }

    /// A whole number within bounds, nil where it is not there or null.
    func integer<Value: FixedWidthInteger & Decodable>(
        _ name: String, in range: ClosedRange<Value>
    ) throws -> Value? {
        try bounded(name, "a whole number", in: range)
    }

    private func bounded<Value: Comparable & Decodable>(
        _ name: String, _ kind: String, in range: ClosedRange<Value>
    ) throws -> Value? {
        let kind = "\(kind) from \(range.lowerBound) to \(range.upperBound)"
        guard let value: Value = try optional(name, kind) else { return nil }
        guard range.contains(value) else { throw Self.invalid(name, kind) }
        return value
    }

    /// A list of ids, nil where it is not there or null.
    func ids(_ name: String) throws -> [String]? {
        let ids: [String]? = try optional(name, "a list of ids")
        for id in ids ?? [] { try Limits.check(id: id, name) }
        return ids
    }

    /// One of the words that a type knows, nil where it is not there or null.
    func choice<Value: RawRepresentable & CaseIterable>(_ name: String) throws -> Value?
    where Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue).joined(separator: " or ")
        guard let text: String = try optional(name, words) else { return nil }
        guard let value = Value(rawValue: text) else { throw Self.invalid(name, words) }
        return value
    }

    /// What must be there.
    static func missing(_ name: String, _ kind: String) -> Problem {
        Problem(
            .unprocessableContent, "request.missing_property", "'\(name)' is missing", fix: "give \(kind)")
    }

    static func invalid(_ name: String, _ kind: String) -> Problem {
        Problem(
            .unprocessableContent, "request.invalid_property", "'\(name)' is not \(kind)", fix: "give \(kind)"
        )
    }
}

extension Request {
    /// The media type of the body, in lower case, without parameters.
    var mediaType: String {
        let value = headers[.contentType]?.prefix { $0 != ";" } ?? ""
        return value.trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// The body's bytes.
    ///
    /// - Throws: 413 beyond `limit` bytes, before they come where their number is announced; 400 where the client leaves, or
    ///   its chunks are none, before the body's end; `SlowClientHandler.SlowRequest`.
    func bytes(upTo limit: Int) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw HTTPError(.contentTooLarge)
        }
        do {
            return try await body.collect(upTo: limit)
        } catch let error where error is any HTTPResponseError || error is CancellationError {
            throw error
        } catch let error as SlowClientHandler.SlowRequest {
            throw error
        } catch {
            // What is left are failures of the connection and of what came over it, none of the service.
            throw Problem(
                .badRequest, "request.incomplete", "the request's body cannot be read to its end",
                fix: "send as many bytes as Content-Length says, or whole chunks")
        }
    }

    /// The body's JSON object.
    ///
    /// - Throws: 413 beyond `limit` bytes, 415 where it is something else.
    func body(upTo limit: Int) async throws -> Body {
        guard mediaType == "application/json" else {
            throw Problem(
                .unsupportedMediaType, "request.media_type", "the body is not said to be JSON",
                fix: "send it with 'Content-Type: application/json'")
        }
        return try Body.read(Data((try await bytes(upTo: limit)).readableBytesView))
    }
}
