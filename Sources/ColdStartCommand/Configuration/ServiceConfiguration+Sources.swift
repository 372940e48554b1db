import ColdStartService
import Configuration
import Diagnostics
import Foundation
import Recommendation

/// The configuration of the service, and where each value of it is from.
struct EffectiveConfiguration {
    var values = ServiceConfiguration()
    /// How a setting is called where its value is from: `--port`, `COLDSTART_PORT`, `'port'`; nothing for a default.
    var origins: [String: SettingOrigin] = [:]

    /// What flags say, else the environment (`COLDSTART_PORT`), else the file, else the default.
    ///
    /// - Parameters:
    ///   - flags: values by key.
    ///   - file: path of a JSON object of keys; nil for none.
    /// - Throws: `configuration.…` for a key that is not known, and for a value that is none for its key.
    init(flags: [String: ConfigContent], environment: [String: String], file: String?) throws {
        var sources = [SettingSource.flags(flags), .environment(environment)]
        if let file { sources.append(try .file(file)) }
        for setting in ServiceSetting.all {
            // The first that has a value decides.
            let source = try sources.first { try $0.apply(setting, to: &values) }
            origins[setting.name] = source?.origin(setting.name)
        }
    }
}

/// Where a value is from.
struct SettingOrigin: Encodable {
    /// What kind of place that is.
    enum Kind: String, Encodable { case option, environment, file, `default` }

    let origin: Kind
    /// How it is called there: `--port`, `COLDSTART_PORT`, the path of a file; nil for a default.
    let source: String?

    static let standard = SettingOrigin(origin: .default, source: nil)
}

/// Where values are from.
private struct SettingSource {
    private let look: (AbsoluteConfigKey, ConfigType) throws -> LookupResult
    /// How a key is called there.
    private let name: (String) -> String
    private let place: SettingOrigin.Kind
    private let file: String?

    /// An option and a variable are how the command is called; a file is data.
    private var kind: Diagnostic.Kind { place == .file ? .badData : .usage }

    func origin(_ key: String) -> SettingOrigin {
        SettingOrigin(origin: place, source: file ?? name(key))
    }

    static func flags(_ values: [String: ConfigContent]) -> SettingSource {
        let pairs = values.map { (AbsoluteConfigKey([$0.key]), ConfigValue($0.value, isSecret: false)) }
        return SettingSource(
            look: InMemoryProvider(values: Dictionary(uniqueKeysWithValues: pairs)).value,
            name: { "--" + $0.replacing("_", with: "-") }, place: .option, file: nil)
    }

    static func environment(_ variables: [String: String]) -> SettingSource {
        SettingSource(
            look: EnvironmentVariablesProvider(environmentVariables: variables)
                .prefixKeys(with: "coldstart").value,
            name: { "COLDSTART_" + $0.uppercased() }, place: .environment, file: nil)
    }

    static func file(_ path: String) throws -> SettingSource {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Diagnostic(
                .missingInput, code: "configuration.file", "the configuration is not there or cannot be read",
                at: .init(file: path), fix: "give the path of a JSON file with --config, or leave it out")
        }
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let snapshot = try? JSONSnapshot(
                data: data.bytes, providerName: path, parsingOptions: .default)
        else {
            throw Diagnostic(
                .badData, code: "configuration.malformed",
                "the configuration is no JSON object of plain values", at: .init(file: path),
                fix: #"write it as {"port": 9000, "rate": 50}"#)
        }
        let known = ServiceSetting.all.map(\.name)
        for name in object.keys.sorted() where !known.contains(name) {
            throw Diagnostic(
                .badData, code: "configuration.unknown", "there is no setting '\(name)'",
                at: .init(file: path),
                fix: Suggestion.question(for: name, among: known)
                    ?? "choose among: \(known.joined(separator: ", "))")
        }
        return SettingSource(look: snapshot.value, name: { "'\($0)'" }, place: .file, file: path)
    }

    /// Sets what this source says of a setting.
    ///
    /// - Returns: whether it says anything.
    func apply(_ setting: ServiceSetting, to configuration: inout ServiceConfiguration) throws -> Bool {
        // Nothing there is a result without a value; no result is a value of another type.
        guard let found = try? look(AbsoluteConfigKey([setting.name]), setting.type) else {
            throw refusal(of: setting)
        }
        guard let value = found.value else { return false }
        guard setting.set(value.content, in: &configuration) else { throw refusal(of: setting) }
        return true
    }

    private func refusal(of setting: ServiceSetting) -> Diagnostic {
        Diagnostic(
            kind, code: "configuration.value", "the value of \(name(setting.name)) is not one it can have",
            at: file.map { Diagnostic.Location(file: $0) }, fix: "give \(setting.expectation)")
    }
}
