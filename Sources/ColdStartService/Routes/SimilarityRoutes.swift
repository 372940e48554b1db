import Catalogue
import Diagnostics
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation

/// What an item is like, and who wants it.
struct SimilarityRoutes: Routes {
    let service: CatalogueService

    func register(on router: Router<ServiceContext>) {
        router.at("/v1/items/:id/similar", [.get: similar])
        router.at("/v1/items/:id/audience", [.get: audience])
        router.at("/v1/items/:id/card", [.get: card])
    }

    /// A new item on one page.
    @Sendable private func card(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = try Query(request, knowing: ["limit"])
        let id = try context.id()
        let limit = try query.integer("limit", in: 1...Limits.page, default: 6)
        let state = service.live.state
        return try await request.conditional(on: state) {
            try await service.read { [service] in
                try Answer.json(service.live.explainer(state).card(item: id, count: limit))
            }
        }
    }

    private struct Similar: Encodable {
        let itemId: String
        let metric: String
        let neighbours: [Recommender.Neighbour]
    }

    private enum Only: String, CaseIterable { case all, new }

    @Sendable private func similar(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = try Query(request, knowing: ["metric", "only", "limit"])
        let id = try context.id()
        let metric: Recommender.Metric = try query.choice("metric") ?? .cosine
        let only: Only = try query.choice("only") ?? .all
        let limit = try query.integer("limit", in: 1...Limits.page, default: 10)
        let state = service.live.state
        return try await request.conditional(on: state) {
            try await service.read {
                try Answer.json(
                    Similar(
                        itemId: id, metric: metric.rawValue,
                        neighbours: try state.answers().neighbours(
                            ofItem: id, count: limit, metric: metric, onlyNew: only == .new)))
            }
        }
    }

    private struct Audience: Encodable {
        let itemId: String
        let audience: [Recommender.AudienceMember]
    }

    private enum Format: String, CaseIterable { case json, csv }

    @Sendable private func audience(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = try Query(request, knowing: ["limit", "format"])
        let id = try context.id()
        let wanted = request.headers[.accept]?.contains("text/csv") == true ? Format.csv : .json
        let format: Format = try query.choice("format") ?? wanted
        // A campaign wants all of them in one file.
        let limit = try query.integer(
            "limit", in: 1...Limits.audience, default: format == .csv ? 1_000 : 10)
        let state = service.live.state
        return try await request.conditional(on: state) {
            try await service.read {
                let audience = try state.answers().audience(ofItem: id, count: limit)
                guard format == .csv else { return try Answer.json(Audience(itemId: id, audience: audience)) }
                var response = Answer.bytes(Self.table(audience), "text/csv; charset=utf-8; header=present")
                response.headers[.contentDisposition] = "attachment; filename=\"audience.csv\""
                return response
            }
        }
    }

    private static func table(_ audience: [Recommender.AudienceMember]) -> ByteBuffer {
        var buffer = ByteBuffer(string: "user_id,score\n")
        for member in audience {
            buffer.writeString(
                "\(String(decoding: CSVField.encode(member.userId), as: UTF8.self)),\(member.score)\n")
        }
        return buffer
    }
}
