import Hummingbird
import Recommendation

/// Model versions, and trainings that make them.
struct ModelRoutes: Routes {
    let service: CatalogueService

    func register(on router: Router<ServiceContext>) {
        router.at("/v1/models", [.get: models])
        router.at("/v1/models/:version/activate", [.post: activate])
        router.at("/v1/trainings", [.get: trainings, .post: start])
        router.at("/v1/trainings/:id", [.get: show, .delete: cancel])
        router.at("/v1/trainings/:id/events", [.get: events])
    }

    private struct Models: Encodable {
        struct Entry: Encodable {
            let card: ModelCard
            let isActive: Bool

            private enum CodingKeys: CodingKey { case isActive }

            func encode(to encoder: any Encoder) throws {
                try card.encode(to: encoder)
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(isActive, forKey: .isActive)
            }
        }

        let active: String?
        let models: [Entry]
        /// Versions that are known not to be of use: with a card that cannot be read, or found so when they were to answer.
        let damaged: [String]
    }

    @Sendable private func models(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        return try await service.read { [service] in
            let store = service.live.models
            let state = service.live.state
            let versions = store.versions().reversed()
            let cards = versions.compactMap { try? store.card($0) }
            let unread = Set(versions).subtracting(cards.map(\.version))
            return try Answer.json(
                Models(
                    active: state.version,
                    models: cards.map { .init(card: $0, isActive: $0.version == state.version) },
                    damaged: versions.filter { unread.contains($0) || $0 == state.damaged?.version }))
        }
    }

    private struct Activated: Encodable {
        let active: String
        /// Items that had to be placed anew.
        let placed: Int
    }

    @Sendable private func activate(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let version = try context.id("version")
        return try await service.write { [service] in
            try Answer.json(Activated(active: version, placed: try service.live.activate(version)))
        }
    }

    private struct Trainings: Encodable {
        let trainings: [Training]
    }

    @Sendable private func trainings(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        return try Answer.json(Trainings(trainings: service.trainings.all))
    }

    @Sendable private func start(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let order = try TrainingOrder(try await request.body(upTo: service.bodyLimit))
        let training = try await service.read { [service] in try service.trainings.start(order) }
        var response = try Answer.json(training, status: .accepted)
        response.headers[.location] = "/v1/trainings/\(training.id)"
        return response
    }

    @Sendable private func show(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        return try Answer.json(try service.trainings.training(try context.id()))
    }

    @Sendable private func cancel(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let training = try service.trainings.cancel(try context.id())
        return try Answer.json(training, status: training.state.isOver ? .ok : .accepted)
    }

    @Sendable private func events(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        return EventStream.response(try service.trainings.events(of: try context.id()))
    }
}
