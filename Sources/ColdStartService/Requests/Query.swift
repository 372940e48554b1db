import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import Recommendation

/// The query of a request, read strictly: a parameter that the route does not know is an error, as a filter that is misspelt
/// would otherwise silently let everything pass.
package struct Query {
    private let values: [String: [String]]

    /// - Throws: `request.unknown_parameter`, naming the nearest that is known.
    init(_ request: Request, knowing names: Set<String>) throws {
        try self.init(text: request.uri.query ?? "", knowing: names)
    }

    /// From what stands behind the question mark.
    package init(text: String, knowing names: Set<String>) throws {
        var values: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(parts[0])
            guard names.contains(name) else { throw Self.unknown(name, names) }
            values[name, default: []].append(parts.count > 1 ? try Self.decoded(parts[1]) : "")
        }
        self.values = values
    }

    /// Text as forms write it: a plus is a space.
    private static func decoded(_ text: Substring) throws -> String {
        guard let decoded = text.replacing("+", with: " ").removingPercentEncoding else {
            throw Problem(
                .badRequest, "request.malformed_query", "the query is not percent-encoded UTF-8",
                fix: "encode each value, such as %20 for a space")
        }
        return decoded
    }

    /// The last value of a parameter, be it empty; nil where it is not there.
    package subscript(_ name: String) -> String? { values[name]?.last }

    /// Text to look for; none where it is empty.
    func text(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// All values of a parameter that may be repeated.
    package func all(_ name: String) -> [String] { values[name] ?? [] }

    /// Ids, each of which can be one.
    func ids(_ name: String) throws -> [String] {
        let ids = all(name)
        for id in ids where !Limits.isID(id) { throw Self.invalid(name, id, Limits.idKind) }
        return ids
    }

    /// Years as a text names them, nil where it is not there.
    func years(_ name: String) throws -> ClosedRange<Int>? {
        guard let text = self[name] else { return nil }
        guard let years = ItemFilter.years(text) else { throw Self.invalid(name, text, Self.yearsKind) }
        return years
    }

    static let yearsKind = "years such as 1990..1999, 1990.., ..1999 or 1994"

    /// A whole number within bounds.
    func integer(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws -> Int {
        guard let text = self[name] else { return standard }
        guard let value = Int(decimal: text), range.contains(value) else {
            throw Self.invalid(name, text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A number within bounds.
    func number(_ name: String, in range: ClosedRange<Double>, default standard: Double) throws -> Double {
        guard let text = self[name] else { return standard }
        guard let value = Double(decimal: text), range.contains(value) else {
            throw Self.invalid(name, text, "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// `true` or `false`.
    func flag(_ name: String) throws -> Bool {
        guard let text = self[name] else { return false }
        guard let value = Bool(text) else { throw Self.invalid(name, text, "true or false") }
        return value
    }

    /// One of the words that a type knows, nil where it is not there.
    func choice<Value: RawRepresentable & CaseIterable>(_ name: String) throws -> Value?
    where Value.RawValue == String {
        guard let text = self[name] else { return nil }
        guard let value = Value(rawValue: text) else {
            throw Self.invalid(name, text, Value.allCases.map(\.rawValue).joined(separator: " or "))
        }
        return value
    }

    static func invalid(_ name: String, _ value: String, _ wanted: String) -> Problem {
        Problem(
            .badRequest, "request.invalid_parameter", "'\(value)' is not a valid '\(name)'",
            fix: "give \(wanted)")
    }

    private static func unknown(_ name: String, _ names: Set<String>) -> Problem {
        Problem(
            .badRequest, "request.unknown_parameter", "there is no parameter '\(name)' here",
            fix: Suggestion.question(for: name, among: names.sorted())
                ?? (names.isEmpty
                    ? "leave it out" : "choose among: \(names.sorted().joined(separator: ", "))"))
    }
}
