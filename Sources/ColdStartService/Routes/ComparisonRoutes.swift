import Diagnostics
import Hummingbird
import Recommendation

/// Poster against poster.
struct ComparisonRoutes: Routes {
    let service: CatalogueService

    func register(on router: Router<ServiceContext>) {
        router.at("/v1/comparisons", [.post: compare])
    }

    /// Two posters for one item, before it is there. Nothing is stored.
    @Sendable private func compare(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = try Query(request, knowing: ["limit"])
        let limit = try query.integer("limit", in: 1...Limits.page, default: 5)
        let submission = try await ComparisonSubmission(request, upTo: service.bodyLimit)
        let state = service.live.state
        // All users are asked what they think of both.
        return try await service.readMany { [service] in
            let posters = submission.posters
            do {
                return try Answer.json(
                    service.live.explainer(state).compare(
                        posters[0], posters[1], for: submission.item, count: limit))
            } catch var fault as Diagnostic {
                // Which of the two it is.
                if let field = fault.location?.file, posters.contains(where: { $0.name == field }) {
                    fault.message = "'\(field)': \(fault.message)"
                }
                throw fault
            }
        }
    }
}
