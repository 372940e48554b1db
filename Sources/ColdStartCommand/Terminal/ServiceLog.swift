import ColdStartService
import Foundation
import Logging
import Recommendation

/// The service's log on standard error, a line an event: an object for machines, text for people.
///
/// Whatever clients send comes out escaped, so that nobody can write lines of their own.
struct ServiceLog: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let isJSON: Bool

    init(_ configuration: ServiceConfiguration) {
        logLevel = Logger.Level(rawValue: configuration.logLevel.rawValue) ?? .notice
        isJSON =
            switch configuration.logFormat {
            case .json: true
            case .text: false
            case .automatic: isatty(STDERR_FILENO) != 1
            }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
            .map { (name: Self.name($0.key), value: "\($0.value)") }.sorted { $0.name < $1.name }
        let time = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let message = "\(event.message)"
        StandardError.write(
            isJSON
                ? Self.json([("time", time), ("level", event.level.rawValue), ("message", message)] + fields)
                : Self.text("\(time) \(event.level.rawValue)", message, fields))
    }

    /// The library's name for it says whose it is, ours what it is.
    private static func name(_ key: String) -> String { key == "hb.request.id" ? "request_id" : key }

    /// Numbers stand as numbers.
    private static let numeric: Set<String> = ["ms", "status"]

    private static func json(_ fields: [(name: String, value: String)]) -> String {
        let members = fields.map { field in
            let value = numeric.contains(field.name) ? field.value : quoted(field.value)
            return "\(quoted(field.name)):\(value)"
        }
        return "{" + members.joined(separator: ",") + "}\n"
    }

    private static func text(
        _ head: String, _ message: String, _ fields: [(name: String, value: String)]
    ) -> String {
        let words = fields.map { field in
            let isPlain = !field.value.isEmpty && field.value.unicodeScalars.allSatisfy(isPlain)
            return " \(field.name)=\(isPlain ? field.value : quoted(field.value))"
        }
        return head + " " + quoted(message).dropFirst().dropLast() + words.joined() + "\n"
    }

    /// Text as a JSON string.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where isHidden(scalar):
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        !isHidden(scalar) && scalar != " " && scalar != "\"" && scalar != "\\" && scalar != "="
    }

    /// Controls, line ends of every kind, and marks that turn the direction of text around.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
