import Diagnostics
import Foundation
import NIOSSL

/// The certificate and the key of a TLS server, in PEM files.
struct TLSFiles {
    let certificate: String
    let key: String

    /// The pair that a configuration names; nil where it names none.
    ///
    /// - Throws: `tls.incomplete` where it names only one.
    init?(_ configuration: ServiceConfiguration) throws {
        switch (configuration.tlsCertificate, configuration.tlsKey) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            self.certificate = certificate
            self.key = key
        default:
            throw Diagnostic(
                .usage, code: "tls.incomplete", "TLS needs a certificate and its key",
                fix: "give both tls_certificate and tls_key, or neither")
        }
    }

    /// What a server needs of the files: TLS 1.2 or later, with this certificate.
    ///
    /// - Throws: `tls.certificate`, `tls.key`, `tls.mismatch`.
    func configuration() throws -> TLSConfiguration {
        let chain = try read(certificate, "tls.certificate", "a certificate chain") {
            try NIOSSLCertificate.fromPEMFile(certificate)
        }
        guard !chain.isEmpty else {
            throw Self.unreadable(certificate, "tls.certificate", "a certificate chain")
        }
        let privateKey = try read(key, "tls.key", "a private key without password") {
            try NIOSSLPrivateKey(file: key, format: .pem)
        }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        tls.minimumTLSVersion = .tlsv12
        do {
            _ = try NIOSSLContext(configuration: tls)
        } catch {
            throw Diagnostic(
                .badData, code: "tls.mismatch", "the key is not that of the certificate",
                at: .init(file: key), fix: "give the key that the certificate was made with")
        }
        return tls
    }

    private func read<Value>(
        _ path: String, _ code: String, _ what: String, _ body: () throws -> Value
    ) throws -> Value {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Diagnostic(
                .missingInput, code: code, "the file is not there or may not be read",
                at: .init(file: path), fix: "name \(what) in PEM that the service's user may read")
        }
        do { return try body() } catch { throw Self.unreadable(path, code, what) }
    }

    private static func unreadable(_ path: String, _ code: String, _ what: String) -> Diagnostic {
        Diagnostic(
            .badData, code: code, "this is not \(what) in PEM", at: .init(file: path),
            fix: "name a file that begins with '-----BEGIN'")
    }
}
