import Foundation

/// A key as it is kept: everything but its secret, of which only the digest is.
public struct APIKey: Codable, Sendable {
    /// Eight hexadecimal digits, not secret: logs and metrics name a key by it.
    public let id: String
    /// Whose it is.
    public let name: String
    /// What it may do.
    public let role: Role
    /// When it was made, in seconds since 1970.
    public let createdAt: Int64
    /// Since when it opens nothing any more; nil while it does.
    public internal(set) var revokedAt: Int64?
    /// SHA-256 of the secret.
    let digest: Data
}
