import Foundation

/// A certificate for `localhost` that signs itself, made for these tests and trusted nowhere else.
enum TestCertificate {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBljCCATugAwIBAgIUGj2mOCsxqY6aG8/1vWtnek4kuCIwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTA0MDk0NVoYDzIxMjYxMTAx
        MDQwOTQ1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAQLKoDdPbJTqQmCYmnUnFMt0nt4bnesUXmssxJZThHahuJ0bbueow6T
        +ha95wDi3Dqk8yTafvIh91v2q/MX4ib9o2kwZzAdBgNVHQ4EFgQU2pwVl34BlfF5
        /nlMM9tEWlCw1/kwHwYDVR0jBBgwFoAU2pwVl34BlfF5/nlMM9tEWlCw1/kwDwYD
        VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
        SQAwRgIhAO7L63yTI7rYl+G/4y8OBukMto9ziLOKgDuJnLHcrOZAAiEA5piK6QtH
        NheIaZFU5hTx1yIeq3pZ3JmgbS0wxNSzgx4=
        -----END CERTIFICATE-----

        """

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggp7V+IkMsRZtHTgz
        BO5TtyfVe+pR18oSkScc6XQImrqhRANCAAQLKoDdPbJTqQmCYmnUnFMt0nt4bnes
        UXmssxJZThHahuJ0bbueow6T+ha95wDi3Dqk8yTafvIh91v2q/MX4ib9
        -----END PRIVATE KEY-----

        """

    /// A key of nobody's certificate.
    static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPLgUvCDLqO9S6V5n
        9c/exWTPQPom/R8kGDMiWwGV4GWhRANCAAT+0bELmOsvvjVhepNMASdPgd453LhO
        VejePZjdQ4Umw+Dd++YwzotaworkBis+SokK1uipUjhY9otgCo6X3vGn
        -----END PRIVATE KEY-----

        """

    /// Writes the text of a file into a folder of its own, and hands its path to `body`.
    static func withFiles<Value>(
        _ texts: [String], _ body: ([String]) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("coldstart-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = try texts.enumerated().map { number, text in
            let file = folder.appendingPathComponent("\(number).pem")
            try Data(text.utf8).write(to: file)
            return file.path
        }
        return try await body(paths)
    }
}
