import Diagnostics
import Foundation
import Hummingbird
import NIOCore
import Recommendation

/// Lists of recommendations, for one user or many.
struct RecommendationRoutes: Routes {
    let service: CatalogueService

    func register(on router: Router<ServiceContext>) {
        router.at("/v1/users/:id/recommendations", [.get: list])
        router.at("/v1/recommendations", [.post: lists])
        router.at("/v1/users/:id/items/:item/explanation", [.get: explanation])
    }

    /// Why the user would be recommended the item.
    @Sendable private func explanation(
        _ request: Request, _ context: ServiceContext
    ) async throws -> Response {
        let query = try Query(request, knowing: ["limit"])
        let (user, item) = (try context.id(), try context.id("item"))
        let limit = try query.integer("limit", in: 1...Limits.page, default: 8)
        let state = service.live.state
        return try await request.conditional(on: state) {
            try await service.read { [service] in
                try Answer.json(
                    service.live.explainer(state).explain(user: user, item: item, count: limit))
            }
        }
    }

    @Sendable private func list(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let state = service.live.state
        return try await request.conditional(on: state) {
            let question = request.uri.string
            if let known = service.lists.answer(to: question, from: state) { return respond(known) }
            let wanted = try ListRequest(try Query(request, knowing: ListRequest.parameters))
            let id = try context.id()
            let entry = try await service.read {
                let list = try ListBody(wanted, user: id, state, stamped: true)
                return AnswerCache.Entry(
                    bytes: ByteBuffer(bytes: try StableJSON.encode(list, pretty: false)),
                    newItems: list.newItems(in: state))
            }
            service.lists.keep(entry, to: question, from: state)
            return respond(entry)
        }
    }

    private func respond(_ entry: AnswerCache.Entry) -> Response {
        service.exposure.count(entry.newItems)
        return Answer.bytes(entry.bytes, "application/json")
    }

    private struct Lists: Encodable {
        let modelVersion: String
        let catalogueRevision: Int64
        let lists: [ListOrProblem]
    }

    /// The lists that can be made are made, whatever is wrong with the others.
    private enum ListOrProblem: Encodable {
        case list(ListBody)
        case problem(user: String, Problem)

        private struct Failed: Encodable {
            let userId: String
            let problem: Problem
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .list(let list): try list.encode(to: encoder)
            case .problem(let user, let problem):
                try Failed(userId: user, problem: problem).encode(to: encoder)
            }
        }
    }

    @Sendable private func lists(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let body = try await request.body(upTo: service.bodyLimit)
        let wanted = try ListRequest(body)
        guard let users = try body.ids("user_ids") else { throw Body.missing("user_ids", "a list of ids") }
        guard (1...Limits.users).contains(users.count) else {
            throw Body.invalid("user_ids", "a list of 1 to \(Limits.users) ids")
        }
        let state = service.live.state
        return try await service.readMany { [service] in
            _ = try state.answers()
            let lists = users.map { user -> ListOrProblem in
                do {
                    let list = try ListBody(wanted, user: user, state, stamped: false)
                    service.exposure.count(list.newItems(in: state))
                    return .list(list)
                } catch {
                    return .problem(user: user, Problem(error))
                }
            }
            return try Answer.json(
                Lists(modelVersion: state.version ?? "", catalogueRevision: state.revision, lists: lists))
        }
    }
}
