import COpenAPI
import Catalogue
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation

/// What operators ask: is it alive, is it ready, how does it stand.
struct OperationRoutes: Routes {
    let service: CatalogueService
    let keyring: Keyring

    func register(on router: Router<ServiceContext>) {
        router.at("/health/live", [.get: live])
        router.at("/health/ready", [.get: ready])
        router.at("/v1/status", [.get: status])
        router.at("/openapi.json", [.get: document])
    }

    private struct Health: Encodable {
        let status: String
        var modelVersion: String?
        /// The active version where it cannot be used, and another one answers.
        var damagedVersion: String?
        var catalogueRevision: Int64?
    }

    /// The process runs and answers.
    @Sendable private func live(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try Answer.json(Health(status: "alive"))
    }

    /// It can recommend.
    @Sendable private func ready(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let state = service.live.state
        return try Answer.json(
            Health(
                status: state.version == nil ? "nothing trained yet" : "ready", modelVersion: state.version,
                damagedVersion: state.damaged?.version, catalogueRevision: state.revision),
            status: state.version == nil ? .serviceUnavailable : .ok)
    }

    private static let document = ByteBuffer(
        bytes: UnsafeBufferPointer(start: openapi_bytes(), count: openapi_count()))

    /// How to ask.
    @Sendable private func document(_ request: Request, _ context: ServiceContext) async throws -> Response {
        Answer.bytes(Self.document, "application/json")
    }

    private struct Status: Encodable {
        let release: String
        let items: Int
        let users: Int
        let ratings: Int
        let modelVersion: String?
        let catalogueRevision: Int64
        let learnedItems: Int
        /// New items without a rating.
        let coldItems: Int
        /// New items with some.
        let blendedItems: Int
        let unplacedItems: Int
        let newRatingsSinceTraining: Int
        let training: Training?
        let authRequired: Bool
    }

    @Sendable private func status(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        return try await service.read { [service, keyring] in
            let state = service.live.state
            let counts = try service.workspace.catalogue.counts()
            let items = state.recommender?.snapshot.items ?? []
            return try Answer.json(
                Status(
                    release: Release.version, items: counts.items, users: counts.users,
                    ratings: counts.ratings, modelVersion: state.version, catalogueRevision: state.revision,
                    learnedItems: items.count { $0.provenance == .learned },
                    coldItems: items.count { $0.provenance == .projected },
                    blendedItems: items.count { $0.provenance == .blended },
                    unplacedItems: counts.items - items.count,
                    newRatingsSinceTraining: max(0, counts.ratings - (state.card?.data.ratings ?? 0)),
                    training: service.trainings.running, authRequired: keyring.isRequired))
        }
    }
}
