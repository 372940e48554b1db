import ServiceLifecycle

/// Stops trainings while the last requests are answered, so that the two waits are one.
final class TrainingStopper: Service {
    private let service: CatalogueService
    private let (stopped, stop) = AsyncStream.makeStream(of: Void.self)

    init(_ service: CatalogueService) { self.service = service }

    func run() async throws {
        try? await gracefulShutdown()
        // The next service is told to end as soon as this function returns.
        Task { [service, stop] in
            try? await service.read { service.trainings.shutDown() }
            stop.finish()
        }
    }

    /// Returns when no training runs any more, or none wants to stop.
    func waitUntilStopped() async {
        for await _ in stopped {}
    }
}
