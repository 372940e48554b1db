import Catalogue
import ColdStartService
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

/// The dashboard's files as a browser gets them: all that are named are there, with types and headers that let them run and
/// nothing else.
struct DashboardTests {
    private static let mediaTypes = [
        "": "text/html; charset=utf-8", "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    ]

    /// Serves a workspace in which there is nothing.
    private func served(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void)
        async throws
    {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("coldstart-dashboard-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try ColdStartServer(
            try Workspace.create(at: folder.path), ServiceConfiguration(), logger: logger)
        try await server.application().test(.router, body)
    }

    /// Paths under `/dashboard/` that a text names, and, in a module, the files beside it.
    private static func references(in text: String) -> [String] {
        let absolute = text.matches(of: #/["'(](?<path>/dashboard/[^"')]+)["')]/#).map {
            String($0.output.path)
        }
        let relative = text.matches(of: #/from "\.\/(?<name>[^"]+)"/#).map { "/dashboard/" + $0.output.name }
        return absolute + relative
    }

    @Test("Every file that the page needs is served, as what it is, under the strict policy")
    func files() async throws {
        try await served { client in
            var waiting = ["/"]
            var seen: Set<String> = []
            while let path = waiting.popLast() {
                guard seen.insert(path).inserted else { continue }
                let response = try await client.execute(uri: path, method: .get)
                #expect(response.status == .ok, "\(path)")
                let kind = path.split(separator: ".").dropFirst().last.map(String.init) ?? ""
                #expect(response.headers[.contentType] == Self.mediaTypes[kind], "\(path)")
                let policy = response.headers[.contentSecurityPolicy] ?? ""
                #expect(
                    policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"), "\(path)")
                #expect(!policy.contains("unsafe"), "\(path)")
                #expect(response.headers[.xContentTypeOptions] == "nosniff", "\(path)")
                waiting += Self.references(in: String(buffer: response.body))
            }
            // The page, three sheets of styles, the icon and the modules.
            #expect(seen.count > 15)
            #expect(seen.isSuperset(of: ["/dashboard/app.js", "/dashboard/api.js", "/dashboard/base.css"]))
        }
    }

    @Test("A browser that has a file is told so")
    func entityTags() async throws {
        try await served { client in
            let first = try await client.execute(uri: "/dashboard/app.js", method: .get)
            let tag = try #require(first.headers[.eTag])
            let again = try await client.execute(
                uri: "/dashboard/app.js", method: .get, headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(again.body.readableBytes == 0)
            let other = try await client.execute(
                uri: "/dashboard/api.js", method: .get, headers: [.ifNoneMatch: tag])
            #expect(other.status == .ok)
        }
    }

    @Test("Nothing is inline, and text never becomes markup")
    func markup() async throws {
        try await served { client in
            let page = String(buffer: try await client.execute(uri: "/", method: .get).body)
            #expect(!page.contains(#/<script(?![^>]*src=)|<style|\son[a-z]+=|\sstyle=|https?:/#))
            for name in [
                "app", "dom", "parts", "add", "user", "item", "explanation", "cold-card", "compare",
                "compared",
                "drawings", "heat", "map", "scatter",
            ] {
                let code = String(
                    buffer: try await client.execute(uri: "/dashboard/\(name).js", method: .get).body)
                #expect(
                    !code.contains(#/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/#),
                    "\(name)")
            }
        }
    }
}
