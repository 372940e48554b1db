import Logging
import Recommendation
import ServiceLifecycle

/// Looks after the service while it runs: catches up with what other processes write to the workspace.
struct Housekeeper: ServiceLifecycle.Service {
    private let service: CatalogueService
    private let logger: Logger

    private static let pause = Duration.seconds(1)

    init(_ service: CatalogueService, logger: Logger) {
        self.service = service
        self.logger = logger
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.pause)
                do {
                    try await service.write { [service] in try service.live.refresh() }
                } catch {
                    logger.error("the workspace cannot be read", metadata: ["error": "\(error)"])
                }
            }
        }
    }
}
