public import Catalogue
import Diagnostics
import FloatKernels
package import Hummingbird
public import Logging
import Recommendation
import ServiceLifecycle
import UnixSignals

/// The HTTP service over a workspace.
public struct ColdStartServer: Sendable {
    private let service: CatalogueService
    private let configuration: ServiceConfiguration
    private let logger: Logger

    /// Opens a workspace for the service; what is there answers from the first request on.
    public init(_ workspace: Workspace, _ configuration: ServiceConfiguration, logger: Logger) throws {
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
        var group = ServiceGroupConfiguration(
            services: [application(), Housekeeper(service, schedule: RetrainSchedule(), logger: logger)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(9)
        try await ServiceGroup(configuration: group).run()
        service.trainings.shutDown()
    }

    /// What listens and answers.
    package func application() -> some ApplicationProtocol {
        Application(
            router: router(), server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { [logger] channel in
                let address = channel.localAddress.map { "\($0)" } ?? ""
                logger.notice("listening", metadata: ["address": "\(address)"])
            },
            logger: logger)
    }

    /// All routes behind all middleware.
    private func router() -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ObservationMiddleware())
        let routes: [any Routes] = [
            OperationRoutes(service: service), ItemRoutes(service: service),
            SimilarityRoutes(service: service), UserRoutes(service: service),
            RecommendationRoutes(service: service), ModelRoutes(service: service),
            DashboardRoutes(),
        ]
        for group in routes { group.register(on: router) }
        return router
    }
}
