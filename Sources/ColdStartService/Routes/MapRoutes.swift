import Catalogue
import Hummingbird
import Recommendation

/// Where all items stand.
struct MapRoutes: Routes {
    let service: CatalogueService

    func register(on router: Router<ServiceContext>) { router.at("/v1/map", [.get: map]) }

    @Sendable private func map(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = try Query(request, knowing: ["limit", "include", "layout"])
        let limit = try query.integer("limit", in: 1...Limits.map, default: 5_000)
        let included = Set(try query.ids("include"))
        let wanted: MapLayout = try query.choice("layout") ?? .pca
        let state = service.live.state
        // Whoever wants components begins nothing.
        let standing =
            wanted == .neighbours ? service.maps.standing(of: state) : service.maps.known(of: state)
        let made = standing?.map
        let isPending = wanted == .neighbours && standing?.isMaking == true
        let progress = made != nil ? "made" : isPending ? "making" : "none"
        let tag = "\"\(state.entityTag.filter { $0 != "\"" }).\(wanted.rawValue).\(progress)\""
        return try await request.conditional(onTag: tag) {
            try await service.read {
                let snapshot = try state.answers().snapshot
                guard let map = state.map else { return try Answer.json(MapBody()) }
                // New items always; of the others every so-manieth.
                let learned = snapshot.items.count { !$0.isNew }
                let step = max(1, (learned + limit - 1) / limit)
                let rows = snapshot.items.indices.filter { row in
                    let entry = snapshot.items[row]
                    return entry.isNew || row.isMultiple(of: step) || included.contains(entry.item.id)
                }
                return try Answer.json(
                    MapBody(
                        snapshot, rows: rows, on: map, wanted == .neighbours ? made : nil,
                        isPending: isPending,
                        kept: wanted == .neighbours ? made?.kept : made?.keptByComponents))
            }
        }
    }
}
