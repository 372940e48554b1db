import Diagnostics

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Replaces a file as a whole: whoever opens the path sees the old contents or the new, even after a power cut.
///
/// Writes to a temporary file beside it; `commit` flushes that, renames it, and flushes the folder. Without
/// `commit` the temporary file goes away and the old file stays.
struct DurableFile: ~Copyable {
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private var isCommitted = false

    init(replacing path: String) throws(Diagnostic) {
        self.path = path
        temporaryPath = "\(path).\(getpid()).partial"
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure("create", temporaryPath) }
    }

    /// Writes a file whole, or not at all.
    static func replace(_ path: String, with bytes: [UInt8]) throws(Diagnostic) {
        var file = try DurableFile(replacing: path)
        try bytes.withUnsafeBufferPointer { bytes throws(Diagnostic) in
            try file.append(UnsafeRawBufferPointer(bytes))
        }
        try file.commit()
    }

    deinit {
        close(descriptor)
        if !isCommitted { unlink(temporaryPath) }
    }

    /// Writes `bytes` at the end.
    func append(_ bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.failure("write", temporaryPath)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Puts what was written in the place of the old file.
    mutating func commit() throws(Diagnostic) {
        guard fsync(descriptor) == 0 else { throw Self.failure("flush", temporaryPath) }
        guard rename(temporaryPath, path) == 0 else { throw Self.failure("rename", temporaryPath) }
        isCommitted = true
        let folder = open(Self.folder(of: path), O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.failure("open the folder of", path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Self.failure("flush the folder of", path) }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func failure(_ action: String, _ path: String) -> Diagnostic {
        Diagnostic(
            .unavailable, code: "model.notWritten",
            "cannot \(action) the file: \(String(cString: strerror(errno)))",
            at: Diagnostic.Location(file: path),
            fix: "make room on the disk and check that the folder exists and may be written")
    }
}
