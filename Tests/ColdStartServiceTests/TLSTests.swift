import ColdStartService
import Diagnostics
import Foundation
import Hummingbird
import HummingbirdTesting
import NIOSSL
import Testing

@Suite("TLS") struct TLSTests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace() }

    @Test func theServiceSpeaksTLSWithItsCertificate() async throws {
        try await TestCertificate.withFiles([TestCertificate.certificate, TestCertificate.key]) { paths in
            let server = try served.server {
                $0.tlsCertificate = paths[0]
                $0.tlsKey = paths[1]
            }
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(paths[0])
            let configuration = TestClient.Configuration(tlsConfiguration: tls, serverName: "localhost")
            try await server.application().test(.live) { client in
                let port = try #require(client.port)
                let secure = TestClient(host: "localhost", port: port, configuration: configuration)
                secure.connect()
                let answer = try await secure.get("/health/live")
                #expect(answer.status == .ok)
                try await secure.shutdown()
                let plain = try await RawConnection(port: port)
                try await plain.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                let refused = try await plain.receive(for: 10)
                #expect(refused.isClosed && !refused.text.contains("200"))
            }
        }
    }

    @Test func filesThatCannotBeUsedAreNamed() async throws {
        let texts = [
            TestCertificate.certificate, TestCertificate.key, TestCertificate.otherKey, "no certificate",
        ]
        try await TestCertificate.withFiles(texts) { paths in
            let cases: [(String?, String?, String)] = [
                (paths[0], nil, "tls.incomplete"), (nil, paths[1], "tls.incomplete"),
                (paths[0], "/nowhere.pem", "tls.key"), ("/nowhere.pem", paths[1], "tls.certificate"),
                (paths[3], paths[1], "tls.certificate"), (paths[0], paths[3], "tls.key"),
                (paths[0], paths[2], "tls.mismatch"),
            ]
            for (certificate, key, code) in cases {
                let refusal = #expect(throws: Diagnostic.self) {
                    _ = try served.server {
                        $0.tlsCertificate = certificate
                        $0.tlsKey = key
                    }
                }
                #expect(refusal?.code == code)
            }
        }
    }
}
