/// Names a poster by its content: equal pictures have equal references.
public struct PosterReference: Sendable, Hashable {
    /// The SHA-256 digest of the file's bytes, 64 lower-case hexadecimal digits.
    public var digest: String
    /// `png` or `jpg`.
    public var fileExtension: String

    /// Makes a reference from its parts.
    public init(digest: String, fileExtension: String) {
        self.digest = digest
        self.fileExtension = fileExtension
    }

    /// Where the poster lies below the poster folder: `ab/abcdef….png`.
    public var relativePath: String { "\(digest.prefix(2))/\(digest).\(fileExtension)" }
}
