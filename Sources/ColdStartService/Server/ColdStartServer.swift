public import Catalogue
import Diagnostics
import FloatKernels
import Foundation
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import Recommendation
import ServiceLifecycle
import UnixSignals

/// The HTTP service over a workspace.
public struct ColdStartServer: Sendable {
    private let service: CatalogueService
    private let configuration: ServiceConfiguration
    private let keyring: Keyring
    private let protocolStack: HTTPServerBuilder
    private let logger: Logger

    /// How long requests that are at work may take after the process was asked to end.
    private static let drain = Duration.seconds(8)

    /// Opens a workspace for the service; what is there answers from the first request on.
    ///
    /// - Throws: `keys.required` where others than this machine reach the address, and there is no key; `tls.…` for a
    ///   certificate or a key that cannot be used.
    public init(_ workspace: Workspace, _ configuration: ServiceConfiguration, logger: Logger) throws {
        keyring = try Keyring(KeyFile(workspace), host: configuration.host)
        protocolStack = try Self.protocolStack(configuration)
        let live = try LiveCatalogue(workspace, pool: ThreadPool(threads: configuration.threads))
        service = CatalogueService(
            live, workspace: workspace,
            trainings: TrainingDesk(live, workspace, threads: configuration.threads, logger: logger),
            bodyLimit: configuration.bodyLimit)
        self.configuration = configuration
        self.logger = logger
    }

    /// Answers until the process is asked to end, and then lets what runs come to its end for a few seconds.
    public func run() async throws {
        let trainings = TrainingStopper(service)
        var group = ServiceGroupConfiguration(
            // They are told to end in reverse order.
            services: [
                KeyReloader(keyring: keyring, logger: logger),
                Housekeeper(service, schedule: RetrainSchedule(configuration), logger: logger),
                application(), trainings,
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = Self.drain
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let error as IOError {
            throw cannotListen(String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError {
            throw cannotListen("there is no such address")
        }
        await trainings.waitUntilStopped()
    }

    private func cannotListen(_ why: String) -> Diagnostic {
        Diagnostic(
            .unavailable, code: "serve.address",
            "cannot listen at \(configuration.host), port \(configuration.port): \(why)",
            fix: "choose another --host or --port, or end what listens there")
    }

    /// What listens and answers.
    package func application() -> some ApplicationProtocol {
        Application(
            router: router(), server: protocolStack,
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port), serverName: "coldstart",
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.connections, logger: logger)),
            onServerRunning: { [logger] channel in
                let address = channel.localAddress.map { "\($0)" } ?? ""
                logger.notice("listening", metadata: ["address": "\(address)"])
            },
            logger: logger)
    }

    /// HTTP/1.1, over TLS where there is a certificate, with an end to what is slow or large.
    private static func protocolStack(_ configuration: ServiceConfiguration) throws -> HTTPServerBuilder {
        let bodyTimeout = TimeAmount(.seconds(configuration.bodyTimeout))
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [
                    UnreadableRequestHandler(), ExpectationHandler(bodyLimit: configuration.bodyLimit),
                    SlowClientHandler(timeout: bodyTimeout),
                ],
                idleTimeout: TimeAmount(.seconds(configuration.idleTimeout)),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
        guard let tls = try TLSFiles(configuration) else { return http }
        return try .tls(http, tlsConfiguration: tls.configuration())
    }

    /// All routes behind all middleware.
    private func router() -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
        let metrics = RequestMetrics()
        router.add(middleware: ObservationMiddleware(keyring, metrics))
        router.add(middleware: CapacityMiddleware(limit: configuration.concurrency))
        router.add(middleware: AuthorizationMiddleware(keyring))
        if configuration.rate > 0 {
            let buckets = TokenBuckets(rate: configuration.rate, burst: Double(configuration.burst))
            router.add(middleware: RateLimitMiddleware(buckets))
        }
        let routes: [any Routes] = [
            OperationRoutes(service: service, keyring: keyring),
            MetricsRoutes(service: service, requests: metrics), ItemRoutes(service: service),
            SimilarityRoutes(service: service), ComparisonRoutes(service: service),
            MapRoutes(service: service), UserRoutes(service: service),
            RecommendationRoutes(service: service), ModelRoutes(service: service),
            DashboardRoutes(),
        ]
        for group in routes { group.register(on: router) }
        return router
    }
}
