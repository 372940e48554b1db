import ArgumentParser
import Catalogue
import ColdStartService
import Diagnostics
import Foundation
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer over HTTP: recommendations, new items, ratings, trainings.",
        discussion: """
            Every option may also stand in the environment (--body-limit is COLDSTART_BODY_LIMIT) or in the file
            that --config names ({"body_limit": 1000000}); an option counts before the environment, that before the file.

            Examples:
              coldstart serve
              coldstart serve --port 9000
              coldstart keys add --name shop --role read && coldstart serve --host 0.0.0.0 \\
                  --tls-certificate chain.pem --tls-key key.pem
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var options: ServeOptions

    func run() async throws {
        let configuration = try options.effective(global).values
        let log = ServiceLog(configuration)
        let server = try ColdStartServer(
            try global.writableWorkspace(), configuration, logger: Logger(label: "coldstart") { _ in log })
        try await server.run()
    }
}
