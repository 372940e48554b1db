import Diagnostics

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file's bytes, read only, mapped into memory: only the pages that are touched are read.
///
/// Safe under `DurableFile`, which never changes a file in place. A file that another program shortens while it is
/// mapped ends the process, as with any mapping.
final class MappedFile: Sendable {
    let count: Int
    private let address: UInt

    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
    }

    /// - Throws: `Diagnostic`: `model.missing` where there is no file, `model.unreadable` where it cannot be mapped,
    ///   `model.truncated` where it is empty.
    init(path: String) throws(Diagnostic) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.openFailure() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Diagnostic(
                .badData, code: "model.unreadable", "this is not a file", fix: "name the model file itself")
        }
        guard status.st_size > 0 else { throw .badModel("truncated", "the file is empty") }
        count = Int(status.st_size)
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw Diagnostic(
                .unavailable, code: "model.unreadable",
                "the file cannot be mapped into memory: \(String(cString: strerror(errno)))",
                fix: "free memory, or copy the file to a local disk")
        }
        address = UInt(bitPattern: start)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(bitPattern: address), count)
    }

    private static func openFailure() -> Diagnostic {
        if errno == ENOENT {
            return Diagnostic(
                .missingInput, code: "model.missing", "there is no such file",
                fix: "check the path, or train a model first")
        }
        return Diagnostic(
            .unavailable, code: "model.unreadable",
            "the file cannot be opened: \(String(cString: strerror(errno)))",
            fix: "check who may read the file")
    }
}
