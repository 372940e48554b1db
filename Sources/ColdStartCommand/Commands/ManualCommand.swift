import ArgumentParser

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page, for a folder that 'man' reads.",
        discussion: """
            Example: coldstart manual > coldstart.1
            """)

    func run() throws { StandardOutput.write(try ManualPage.text()) }
}
