import Catalogue
import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation

/// Items: the catalogue, adding and changing, posters.
struct ItemRoutes: Routes {
    let service: CatalogueService

    func register(on router: Router<ServiceContext>) {
        router.at("/v1/items", [.get: page, .post: add])
        router.at("/v1/items/:id", [.get: show, .put: put, .delete: delete])
        router.at("/v1/items/:id/poster", [.get: poster, .put: putPoster])
    }

    private struct Page: Encodable {
        let items: [ItemBody]
        let nextCursor: String?
    }

    private enum Only: String, CaseIterable { case all, new }

    @Sendable private func page(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = try Query(request, knowing: ["query", "only", "genre", "year", "cursor", "limit"])
        let limit = try query.integer("limit", in: 1...Limits.page, default: 20)
        let start = try Cursor.position(query["cursor"])
        let text = query.text("query")
        let only: Only = try query.choice("only") ?? .all
        let genres = Set(query.all("genre"))
        let years = try query.years("year")
        let state = service.live.state
        return try await request.conditional(on: state) {
            try await service.read { [service] in
                let store = service.workspace.catalogue
                func passes(_ entry: StoredItem) -> Bool {
                    (genres.isEmpty || !genres.isDisjoint(with: entry.item.genres))
                        && years.map { range in entry.item.year.map(range.contains) ?? false } ?? true
                        && (only == .all || state.isNew(entry.key))
                }
                var found: [StoredItem] = []
                var last = start
                var isAtEnd = false
                while found.count <= limit, !isAtEnd {
                    let batch = try store.items(containing: text, after: last, limit: 500)
                    isAtEnd = batch.count < 500
                    last = batch.last?.key ?? last
                    found += batch.filter(passes)
                }
                let shown = found.prefix(limit)
                return try Answer.json(
                    Page(
                        items: try shown.map { try service.body(of: $0, state) },
                        nextCursor: found.count > limit ? shown.last.map { Cursor.text(after: $0.key) } : nil)
                )
            }
        }
    }

    @Sendable private func show(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let id = try context.id()
        let state = service.live.state
        return try await request.conditional(on: state) {
            try await service.read { [service] in
                try Answer.json(try service.body(of: try service.item(id), state))
            }
        }
    }

    @Sendable private func add(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let submission = try await ItemSubmission(request, upTo: service.bodyLimit)
        return try await service.write { [service] in
            let id =
                try submission.id
                ?? ItemID.unused(
                    title: submission.title, year: submission.year, in: service.workspace.catalogue)
            try service.live.add(submission.arrival(id: id))
            return try placed(id, status: .created)
        }
    }

    @Sendable private func put(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let id = try context.id()
        let submission = try await ItemSubmission(request, upTo: service.bodyLimit)
        guard submission.id ?? id == id else {
            throw Problem(
                .conflict, "item.other_id", "the body has another id than the path",
                fix: "leave it out of the body")
        }
        return try await service.write { [service] in
            let known = try service.workspace.catalogue.item(id: id)?.item
            let isNew = try service.live.put(submission.arrival(id: id, replacing: known))
            return try placed(id, status: isNew ? .created : .ok)
        }
    }

    @Sendable private func delete(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let id = try context.id()
        return try await service.write { [service] in
            guard try service.live.delete(item: id) else { throw Diagnostic.noSuchItem(id) }
            return Answer.empty(.noContent)
        }
    }

    @Sendable private func poster(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let id = try context.id()
        let poster = try await service.read { [service] in
            guard let poster = try service.item(id).item.poster else {
                throw Problem(
                    .notFound, "poster.none", "the item has no poster",
                    fix: "give it one with PUT /v1/items/{id}/poster")
            }
            return poster
        }
        return try await request.conditional(onTag: "\"\(poster.digest)\"") {
            try await service.read { [service] in
                Answer.bytes(
                    ByteBuffer(bytes: try service.workspace.posters.bytes(poster)),
                    poster.fileExtension == "png" ? "image/png" : "image/jpeg")
            }
        }
    }

    @Sendable private func putPoster(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let id = try context.id()
        guard ["image/png", "image/jpeg"].contains(request.mediaType) else {
            throw Problem(
                .unsupportedMediaType, "request.media_type", "the body is not said to be a PNG or a JPEG",
                fix: "send it with 'Content-Type: image/png' or 'image/jpeg'")
        }
        let bytes = Array((try await request.bytes(upTo: service.bodyLimit)).readableBytesView)
        return try await service.write { [service] in
            var item = try service.item(id).item
            item.poster = nil
            _ = try service.live.put(ItemPlacement.Arrival(item: item, poster: (bytes, "poster")))
            return Answer.empty(.noContent)
        }
    }

    /// What is told of an item that came or changed: where it is, what it is like, who may want it.
    private struct Placed: Encodable {
        struct Place: Encodable {
            let x: Float
            let y: Float
        }

        let item: ItemBody
        let neighbours: [Recommender.Neighbour]
        let audience: [Recommender.AudienceMember]
        let place: Place?
    }

    private func placed(_ id: String, status: HTTPResponse.Status) throws -> Response {
        let state = service.live.state
        let recommender = try state.answers()
        let place = recommender.snapshot.row(ofItem: id).flatMap { row in
            state.map.map { recommender.snapshot.place(ofRow: row, on: $0) }
        }
        var response = try Answer.json(
            Placed(
                item: try service.body(of: try service.item(id), state),
                neighbours: try recommender.neighbours(ofItem: id, count: 5),
                audience: try recommender.audience(ofItem: id, count: 5),
                place: place.map { Placed.Place(x: $0.x, y: $0.y) }), status: status)
        if status == .created { response.headers[.location] = "/v1/items/\(id.pathEncoded)" }
        return response
    }
}

extension ServingState {
    /// Whether ratings have not placed an item yet.
    func isNew(_ key: Int64) -> Bool {
        guard let snapshot = recommender?.snapshot, let row = snapshot.row(ofKey: key) else { return true }
        return snapshot.items[row].isNew
    }
}

extension String {
    /// As one segment of a path.
    var pathEncoded: String {
        var allowed = CharacterSet.urlPathAllowed
        allowed.remove(charactersIn: "/")
        return addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}
