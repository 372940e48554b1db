import ArgumentParser
import Catalogue
import ColdStartService
import Diagnostics
import Foundation

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer over HTTP: recommendations, new items, ratings, trainings.",
        discussion: """
            Examples:
              coldstart serve
              coldstart serve --port 9000
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "Address to listen at.") var host: String?
    @Option(help: "Port to listen at.") var port: Int?

    func run() async throws {
        var configuration = ServiceConfiguration()
        if let host { configuration.host = host }
        if let port { configuration.port = port }
        if let threads = global.threads { configuration.threads = threads }
        let server = try ColdStartServer(
            try global.writableWorkspace(), configuration, logger: global.logger)
        try await server.run()
    }
}
