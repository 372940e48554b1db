import Catalogue
import ColdStartService
import Diagnostics
import FloatKernels
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Recommendation
import Testing

/// A trained catalogue of four genres whose users like one each, in a folder of its own, and the service over it.
final class ServedWorkspace: Sendable {
    static let genres = ["Comedy", "Drama", "Horror", "Western"]
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    let workspace: Workspace
    private let folder: URL

    /// - Parameters:
    ///   - isTrained: whether there is a model.
    ///   - hasPosters: whether it is `PosterCatalogue` instead, trained.
    init(isTrained: Bool = true, hasPosters: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("coldstart-service-\(UUID().uuidString)")
        try FileManager.default.copyItem(
            at: hasPosters
                ? Template.posters.get() : isTrained ? Template.trained.get() : Template.untrained.get(),
            to: folder)
        workspace = try Workspace.open(at: folder.path, for: .writing)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The service, opened anew.
    func server(_ configure: (inout ServiceConfiguration) -> Void = { _ in }) throws -> ColdStartServer {
        var configuration = ServiceConfiguration()
        configuration.threads = 1
        configure(&configuration)
        return try ColdStartServer(
            workspace, configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Asks the service, in process.
    func test<Value: Sendable>(
        _ configure: (inout ServiceConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Value
    ) async throws -> Value {
        try await server(configure).application().test(.router) { try await body($0) }
    }

    /// A poster of the sample.
    static func poster(_ name: String = "m001") throws -> Data {
        try Data(contentsOf: root.appendingPathComponent("SampleData/posters/\(name).png"))
    }

    /// Made once for all tests, as training takes longer than copying.
    private enum Template {
        static let untrained = Result { try make(isTrained: false) }
        static let trained = Result { try make(isTrained: true) }
        static let posters = Result { try make(isTrained: true, PosterCatalogue.write) }

        private static func make(isTrained: Bool, _ write: (URL) throws -> Void = genres) throws -> URL {
            let source = FileManager.default.temporaryDirectory
                .appendingPathComponent("coldstart-template-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: source) }
            try write(source)
            let place = FileManager.default.temporaryDirectory
                .appendingPathComponent("coldstart-template-\(UUID().uuidString)")
            try fill(place, from: source, isTrained: isTrained)
            try Workspace.seal(at: place.path)
            return place
        }

        /// The catalogue of four genres.
        private static func genres(to source: URL) throws {
            var generator = RandomGenerator(seed: 1)
            var items = "item_id,title,year,genres,director\n"
            var ratings = "user_id,item_id,rating,timestamp\n"
            let genres = (0..<60).map { _ in generator.index(below: 4) }
            for (item, genre) in genres.enumerated() {
                items +=
                    "i\(item),Item \(item),\(1950 + item),\(ServedWorkspace.genres[genre]),Director \(genre)\n"
            }
            for user in 0..<40 {
                for (item, genre) in genres.enumerated() {
                    let isOwn = genre == user % 4
                    guard generator.uniform() < (isOwn ? 0.5 : 0.1) else { continue }
                    let likes = generator.uniform() < (isOwn ? 0.9 : 0.1)
                    ratings += "u\(user),i\(item),\(likes ? 5 : 2),\(1000 + item)\n"
                }
            }
            try Data(items.utf8).write(to: source.appendingPathComponent("items.csv"))
            try Data(ratings.utf8).write(to: source.appendingPathComponent("ratings.csv"))
        }

        /// In a function of its own, so that nothing has the catalogue open when it is sealed.
        private static func fill(_ place: URL, from source: URL, isTrained: Bool) throws {
            let workspace = try Workspace.create(at: place.path)
            _ = try CatalogueImporter(
                store: workspace.catalogue, posters: workspace.posters, validatePoster: { _, _ in },
                monitor: .silent
            ).run(paths: [source.path], format: .coldstart, skippingBadPosters: false)
            if isTrained {
                _ = try TrainingPipeline(
                    workspace: workspace, pool: ThreadPool(threads: 1), monitor: .silent
                ).train(.init(dimensions: 4))
            }
        }
    }
}

/// An answer, with its body as JSON.
struct JSONAnswer {
    let response: TestResponse
    let object: [String: Any]

    var status: Int { response.status.code }
    /// The code of a problem.
    var code: String? { object["code"] as? String }

    func list(_ name: String) -> [[String: Any]] { object[name] as? [[String: Any]] ?? [] }
    func ids(_ name: String, _ key: String = "item_id") -> [String] {
        list(name).compactMap { $0[key] as? String }
    }
}

extension TestClientProtocol {
    /// Asks, with a body of JSON where there is one.
    func ask(
        _ method: HTTPRequest.Method, _ uri: String, _ body: Any? = nil, headers: HTTPFields = [:]
    ) async throws -> JSONAnswer {
        var headers = headers
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        if data != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        let response = try await execute(
            uri: uri, method: method, headers: headers, body: data.map { ByteBuffer(bytes: $0) })
        let bytes = Data(response.body.readableBytesView)
        return JSONAnswer(
            response: response,
            object: (try? JSONSerialization.jsonObject(with: bytes)) as? [String: Any] ?? [:])
    }
}
