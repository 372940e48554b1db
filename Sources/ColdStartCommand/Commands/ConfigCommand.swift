import ArgumentParser
import Diagnostics
import Foundation

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "What is set, and where that is from.",
        subcommands: [ShowConfig.self], defaultSubcommand: ShowConfig.self)
}

struct ShowConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Every setting with its value, and where that is from.",
        discussion: """
            With the options of 'serve' it shows what these would change, and says what is wrong with a value before a
            service is started with it. Keys are no setting: 'coldstart keys' has them, without their secrets.

            Examples:
              coldstart config show
              coldstart config show --port 9000
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var options: ServeOptions

    private struct Setting: Encodable {
        let name: String
        let value: String?
        let origin: SettingOrigin.Kind
        let source: String?

        init(_ name: String, _ value: String?, _ from: SettingOrigin) {
            self.name = name
            self.value = value
            origin = from.origin
            source = from.source
        }
    }

    func run() throws {
        let effective = try options.effective(global)
        let settings =
            [
                Setting(
                    "workspace", global.workspaceDirectory, Self.origin(of: "workspace", global.workspace)),
                Setting("config", options.file, Self.origin(of: "config", options.config)),
            ]
            + ServiceSetting.all.map {
                Setting($0.name, $0.value(in: effective.values), effective.origins[$0.name] ?? .standard)
            }
        try output.print(settings) {
            var table = TextTable([("setting", false), ("value", false), ("from", false)])
            for setting in settings {
                table.add(
                    setting.name, setting.value ?? "none", setting.source ?? setting.origin.rawValue)
            }
            return table.rendered()
        }
    }

    /// Where what is no setting of the service is from.
    private static func origin(of name: String, _ option: String?) -> SettingOrigin {
        let variable = "COLDSTART_" + name.uppercased()
        if option != nil { return SettingOrigin(origin: .option, source: "--" + name) }
        return ProcessInfo.processInfo.environment[variable] == nil
            ? .standard : SettingOrigin(origin: .environment, source: variable)
    }
}
