import Catalogue
import Diagnostics
import Hummingbird
import Recommendation

/// Users, their ratings, and new ratings.
struct UserRoutes: Routes {
    let service: CatalogueService

    func register(on router: Router<ServiceContext>) {
        router.at("/v1/users", [.get: page])
        router.at("/v1/users/:id", [.get: show, .put: put])
        router.at("/v1/users/:id/ratings", [.get: history])
        router.at("/v1/ratings", [.post: rate])
    }

    private struct UserBody: Encodable {
        let id: String
        let attributes: [String: String]
        let ratings: Int

        init(_ entry: StoredUser, _ state: ServingState) {
            id = entry.user.id
            attributes = entry.user.attributes
            ratings = state.histories.ratings(ofUser: entry.key).count
        }
    }

    private struct Page: Encodable {
        let users: [UserBody]
        let nextCursor: String?
    }

    @Sendable private func page(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = try Query(request, knowing: ["query", "cursor", "limit"])
        let limit = try query.integer("limit", in: 1...Limits.page, default: 20)
        let start = try Cursor.position(query["cursor"])
        let text = query.text("query")
        let state = service.live.state
        return try await request.conditional(on: state) {
            try await service.read {
                let found = state.histories.users(containing: text, after: start, limit: limit + 1)
                let shown = found.prefix(limit)
                return try Answer.json(
                    Page(
                        users: shown.map { UserBody($0, state) },
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
            try await service.read { try Answer.json(UserBody(try state.user(id), state)) }
        }
    }

    @Sendable private func put(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let id = try context.id()
        let body = try await request.body(upTo: service.bodyLimit)
        try body.expect(["attributes"])
        let attributes: [String: String] = try body.optional("attributes", "an object of texts") ?? [:]
        guard attributes.count <= Limits.columns else {
            throw Body.invalid("attributes", "an object of at most \(Limits.columns) texts")
        }
        for (name, value) in attributes { try Limits.check(column: name, [value]) }
        let user = User(id: id, attributes: attributes.filter { !$0.value.isEmpty })
        return try await service.write { [service] in
            let isNew = try service.live.put(user)
            let state = service.live.state
            var response = try Answer.json(
                UserBody(try state.user(id), state), status: isNew ? .created : .ok)
            if isNew { response.headers[.location] = "/v1/users/\(id.pathEncoded)" }
            return response
        }
    }

    private struct History: Encodable {
        struct Entry: Encodable {
            let itemId: String
            let title: String
            let year: Int?
            let rating: Float
            let timestamp: Int64
        }

        let ratings: [Entry]
        let nextCursor: String?
    }

    /// The newest first.
    @Sendable private func history(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = try Query(request, knowing: ["cursor", "limit"])
        let id = try context.id()
        let limit = try query.integer("limit", in: 1...Limits.page, default: 20)
        let start = Int(try Cursor.position(query["cursor"]))
        let state = service.live.state
        return try await request.conditional(on: state) {
            try await service.read { [service] in
                let user = try state.user(id)
                let all = state.histories.ratings(ofUser: user.key).sorted {
                    ($0.timestamp, $0.itemKey) > ($1.timestamp, $1.itemKey)
                }
                let shown = all.dropFirst(start).prefix(limit)
                let titles = try service.titles(shown.map(\.itemKey), state)
                return try Answer.json(
                    History(
                        ratings: shown.compactMap { rating in
                            titles[rating.itemKey].map {
                                History.Entry(
                                    itemId: $0.id, title: $0.title, year: $0.year, rating: rating.value,
                                    timestamp: rating.timestamp)
                            }
                        },
                        nextCursor: start + limit < all.count ? Cursor.text(after: Int64(start + limit)) : nil
                    ))
            }
        }
    }

    private struct Changes: Encodable {
        let added: Int
        let updated: Int
        let unchanged: Int
    }

    @Sendable private func rate(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        let body = try await request.body(upTo: service.bodyLimit)
        let ratings = try body.has("ratings") ? Self.batch(body) : [RatingBody(body).rating]
        return try await service.write { [service] in
            let counts = try service.live.rate(ratings)
            return try Answer.json(
                Changes(added: counts.added, updated: counts.updated, unchanged: counts.unchanged))
        }
    }

    private static func batch(_ body: Body) throws -> [Rating] {
        try body.expect(["ratings"])
        let list: [RatingBody] = try body.required("ratings", "a list of ratings")
        guard (1...Limits.ratings).contains(list.count) else {
            throw Body.invalid("ratings", "a list of 1 to \(Limits.ratings) ratings")
        }
        return list.map(\.rating)
    }
}

/// A rating as a client sends it.
private struct RatingBody: Decodable {
    let rating: Rating

    init(from decoder: any Decoder) throws { try self.init(try Body(from: decoder)) }

    init(_ body: Body) throws {
        try body.expect(["user_id", "item_id", "rating", "timestamp"])
        let user: String = try body.required("user_id", "text")
        let item: String = try body.required("item_id", "text")
        guard let value = try body.number("rating", in: Limits.rating) else {
            throw Body.missing("rating", "a number")
        }
        try Limits.check(id: user, "user_id")
        try Limits.check(id: item, "item_id")
        let timestamp = try body.integer("timestamp", in: Limits.timestamp) ?? Clock.now()
        // Narrowed here, as JSON's reader refuses a number that is too small for a Float instead of rounding it.
        rating = Rating(user: user, item: item, value: Float(value), timestamp: timestamp)
    }
}

extension ServingState {
    /// The user of an id.
    ///
    /// - Throws: `user.unknown`.
    func user(_ id: String) throws -> StoredUser {
        guard let user = histories.user(id: id) else { throw Diagnostic.noSuchUser(id) }
        return user
    }
}

extension CatalogueService {
    /// Items by their keys, from the snapshot.
    func titles(_ keys: [Int64], _ state: ServingState) throws -> [Int64: Item] {
        guard let snapshot = state.recommender?.snapshot else {
            let wanted = Set(keys)
            return Dictionary(
                uniqueKeysWithValues: try workspace.catalogue.items().filter { wanted.contains($0.key) }
                    .map { ($0.key, $0.item) })
        }
        return Dictionary(
            keys.compactMap { key in snapshot.row(ofKey: key).map { (key, snapshot.items[$0].item) } },
            uniquingKeysWith: { first, _ in first })
    }
}
