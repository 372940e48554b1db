public import ArgumentParser
public import ColdStartService
import Configuration
import Foundation

extension ServiceConfiguration.LogLevel: ExpressibleByArgument {}
extension ServiceConfiguration.LogFormat: ExpressibleByArgument {}

/// The configuration of the service as options.
struct ServeOptions: ParsableArguments {
    private static let standard = ServiceConfiguration()

    @Option(
        help: ArgumentHelp("JSON file of settings (default: $COLDSTART_CONFIG, or none).", valueName: "file"),
        completion: .file())
    var config: String?

    @Option(help: "Address to listen at; any but this machine's own needs keys (default: \(standard.host)).")
    var host: String?
    @Option(help: "Port to listen at, 0 for any that is free (default: \(standard.port)).")
    var port: Int?
    @Option(help: "Bytes of the largest body (default: \(standard.bodyLimit)).")
    var bodyLimit: Int?
    @Option(help: "Connections open at once (default: \(standard.connections)).")
    var connections: Int?
    @Option(help: "Requests at work at once (default: \(standard.concurrency)).")
    var concurrency: Int?
    @Option(help: "Requests a second for a key, or an address without one; 0: no limit (default: 0).")
    var rate: Double?
    @Option(help: "Requests at once before the rate holds (default: \(standard.burst)).")
    var burst: Int?
    @Option(help: "Seconds for a connection on which nothing happens (default: \(standard.idleTimeout)).")
    var idleTimeout: Double?
    @Option(
        help: "Seconds for a request to come and an answer to be read (default: \(standard.bodyTimeout)).")
    var bodyTimeout: Double?
    @Option(
        help: ArgumentHelp("Certificate chain in PEM, to speak HTTPS.", valueName: "file"),
        completion: .file())
    var tlsCertificate: String?
    @Option(help: ArgumentHelp("Key of the certificate in PEM.", valueName: "file"), completion: .file())
    var tlsKey: String?
    @Option(help: "What is logged; requests from info on (default: \(standard.logLevel.rawValue)).")
    var logLevel: ServiceConfiguration.LogLevel?
    @Option(help: "Form of the log; auto: text on a terminal, JSON elsewhere (default: auto).")
    var logFormat: ServiceConfiguration.LogFormat?
    @Option(help: "New items after which a retrain begins; 0: never (default: 0).")
    var retrainAfterItems: Int?
    @Option(help: "Ratings after which a retrain begins; 0: never (default: 0).")
    var retrainAfterRatings: Int?
    @Option(help: "Hours after which a retrain begins; 0: never (default: 0).")
    var retrainEveryHours: Double?

    /// With the environment, and the file that one of both names.
    func effective(_ global: GlobalOptions) throws -> EffectiveConfiguration {
        try EffectiveConfiguration(
            flags: flags(global), environment: ProcessInfo.processInfo.environment, file: file)
    }

    /// The file of settings that was named.
    var file: String? { config ?? ProcessInfo.processInfo.environment["COLDSTART_CONFIG"] }

    /// Those that were given, by key. `-q` and `-v` say how much is logged where `--log-level` does not.
    func flags(_ global: GlobalOptions) -> [String: ConfigContent] {
        let level = logLevel ?? (global.quiet ? .error : global.verbose ? .debug : nil)
        let texts = [
            "host": host, "tls_certificate": tlsCertificate, "tls_key": tlsKey, "log_level": level?.rawValue,
            "log_format": logFormat?.rawValue,
        ]
        let wholes = [
            "port": port, "threads": global.threads, "body_limit": bodyLimit, "connections": connections,
            "concurrency": concurrency, "burst": burst, "retrain_after_items": retrainAfterItems,
            "retrain_after_ratings": retrainAfterRatings,
        ]
        let numbers = [
            "rate": rate, "idle_timeout": idleTimeout, "body_timeout": bodyTimeout,
            "retrain_every_hours": retrainEveryHours,
        ]
        return texts.compactMapValues { $0.map(ConfigContent.string) }
            .merging(wholes.compactMapValues { $0.map(ConfigContent.int) }) { $1 }
            .merging(numbers.compactMapValues { $0.map(ConfigContent.double) }) { $1 }
    }
}
