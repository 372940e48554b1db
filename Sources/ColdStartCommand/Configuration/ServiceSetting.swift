import ColdStartService
import Configuration

/// A key of the service's configuration: what may be set to it, and where it goes.
struct ServiceSetting: Sendable {
    /// What values are.
    enum Kind: Sendable {
        case text(any WritableKeyPath<ServiceConfiguration, String> & Sendable)
        case file(any WritableKeyPath<ServiceConfiguration, String?> & Sendable)
        case whole(any WritableKeyPath<ServiceConfiguration, Int> & Sendable, ClosedRange<Int>)
        case number(any WritableKeyPath<ServiceConfiguration, Double> & Sendable, ClosedRange<Double>)
        case level
        case format
    }

    let name: String
    let kind: Kind

    /// Every key there is, in the order of the documentation.
    static let all: [ServiceSetting] = [
        .init(name: "host", kind: .text(\.host)),
        .init(name: "port", kind: .whole(\.port, 0...65_535)),
        .init(name: "threads", kind: .whole(\.threads, 1...1_024)),
        .init(name: "body_limit", kind: .whole(\.bodyLimit, 1_024...(1 << 30))),
        .init(name: "connections", kind: .whole(\.connections, 1...1_000_000)),
        .init(name: "concurrency", kind: .whole(\.concurrency, 1...1_000_000)),
        .init(name: "rate", kind: .number(\.rate, 0...1_000_000)),
        .init(name: "burst", kind: .whole(\.burst, 1...1_000_000)),
        .init(name: "idle_timeout", kind: .number(\.idleTimeout, 0.1...86_400)),
        .init(name: "body_timeout", kind: .number(\.bodyTimeout, 0.1...86_400)),
        .init(name: "tls_certificate", kind: .file(\.tlsCertificate)),
        .init(name: "tls_key", kind: .file(\.tlsKey)),
        .init(name: "log_level", kind: .level),
        .init(name: "log_format", kind: .format),
        .init(name: "retrain_after_items", kind: .whole(\.retrainAfterItems, 0...1_000_000_000)),
        .init(name: "retrain_after_ratings", kind: .whole(\.retrainAfterRatings, 0...1_000_000_000)),
        .init(name: "retrain_every_hours", kind: .number(\.retrainEveryHours, 0...87_600)),
    ]

    /// As what it is asked for.
    var type: ConfigType {
        switch kind {
        case .text, .file, .level, .format: .string
        case .whole: .int
        case .number: .double
        }
    }

    /// What it can be set to, for messages.
    var expectation: String {
        switch kind {
        case .text: "a text"
        case .file: "the path of a file"
        case .whole(_, let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(_, let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .level: Self.choices(ServiceConfiguration.LogLevel.self)
        case .format: Self.choices(ServiceConfiguration.LogFormat.self)
        }
    }

    /// Sets it.
    ///
    /// - Returns: whether the value is one that it can be set to.
    func set(_ content: ConfigContent, in configuration: inout ServiceConfiguration) -> Bool {
        switch (kind, content) {
        case (.text(let path), .string(let text)) where !text.isEmpty:
            configuration[keyPath: path] = text
        case (.file(let path), .string(let text)) where !text.isEmpty:
            configuration[keyPath: path] = text
        case (.whole(let path, let range), .int(let number)) where range.contains(number):
            configuration[keyPath: path] = number
        case (.number(let path, let range), .double(let number)) where range.contains(number):
            configuration[keyPath: path] = number
        case (.level, .string(let text)):
            guard let level = ServiceConfiguration.LogLevel(rawValue: text) else { return false }
            configuration.logLevel = level
        case (.format, .string(let text)):
            guard let format = ServiceConfiguration.LogFormat(rawValue: text) else { return false }
            configuration.logFormat = format
        default: return false
        }
        return true
    }

    /// What it is set to, as it would be written into a configuration; nil for a file that is not named.
    func value(in configuration: ServiceConfiguration) -> String? {
        switch kind {
        case .text(let path): configuration[keyPath: path]
        case .file(let path): configuration[keyPath: path]
        case .whole(let path, _): String(configuration[keyPath: path])
        case .number(let path, _): String(configuration[keyPath: path])
        case .level: configuration.logLevel.rawValue
        case .format: configuration.logFormat.rawValue
        }
    }

    private static func choices<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> String
    where Choice.RawValue == String {
        type.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
