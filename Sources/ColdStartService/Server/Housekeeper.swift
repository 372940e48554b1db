import Foundation
import Logging
import Recommendation
import ServiceLifecycle

/// Looks after the service while it runs: catches up with what other processes write to the workspace, says when the active
/// version cannot be used, and retrains when it is time.
struct Housekeeper: ServiceLifecycle.Service {
    private let service: CatalogueService
    private let schedule: RetrainSchedule
    private let logger: Logger

    private static let pause = Duration.seconds(1)

    init(_ service: CatalogueService, schedule: RetrainSchedule, logger: Logger) {
        self.service = service
        self.schedule = schedule
        self.logger = logger
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var lastTraining = service.trainings.all.first?.id
            var last = newestVersion ?? mark
            var told: String?
            while true {
                tellOfDamage(&told)
                try await Task.sleep(for: Self.pause)
                do {
                    try await service.write { [service] in try service.live.refresh() }
                    // Whoever began it, and however it ended: what it has seen is not counted again.
                    if let newest = service.trainings.all.first?.id, newest != lastTraining {
                        (lastTraining, last) = (newest, mark)
                    }
                    if service.live.state.version != nil, schedule.isDue(since: last, now: mark) { retrain() }
                } catch {
                    logger.error("the workspace cannot be read", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Says once of each version that it cannot be used.
    private func tellOfDamage(_ told: inout String?) {
        let state = service.live.state
        defer { told = state.damaged?.version }
        guard let damaged = state.damaged, damaged.version != told else { return }
        logger.warning(
            "the active model version cannot be used, another one answers",
            metadata: [
                "active": "\(damaged.version)", "answering": "\(state.version ?? "")",
                "error": "\(damaged.damage)",
            ])
    }

    private func retrain() {
        guard service.trainings.running == nil else { return }
        do {
            let training = try service.trainings.start(.retrain)
            logger.notice("retraining by schedule", metadata: ["training": "\(training.id)"])
        } catch {
            logger.error("retraining by schedule failed", metadata: ["error": "\(error)"])
        }
    }

    private var mark: RetrainSchedule.Mark {
        RetrainSchedule.Mark(service.live.state, time: Clock.now())
    }

    private var newestVersion: RetrainSchedule.Mark? {
        let store = service.live.models
        return store.versions().last.flatMap { try? store.card($0) }.map(RetrainSchedule.Mark.init)
    }
}
