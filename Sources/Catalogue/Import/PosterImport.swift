import Diagnostics
import Foundation

/// Takes posters into the poster store, and takes back the new ones if the import fails.
struct PosterImport {
    /// Posters this import has added to the store.
    private(set) var added: [PosterReference] = []
    /// Posters that items of this import refer to.
    private var taken: Set<PosterReference> = []
    private let store: PosterStore
    private let validate: (_ bytes: [UInt8], _ name: String) throws -> Void

    init(store: PosterStore, validate: @escaping (_ bytes: [UInt8], _ name: String) throws -> Void) {
        self.store = store
        self.validate = validate
    }

    /// Reads, checks and keeps a poster.
    ///
    /// - Parameter location: The place that names the poster, for messages.
    /// - Throws: A `Diagnostic` at that place where the poster is missing or broken.
    mutating func take(_ path: String, of item: String, at location: Diagnostic.Location) throws
        -> PosterReference
    {
        // A device or a pipe may never end.
        let type = try? FileManager.default.attributesOfItem(atPath: Self.target(of: path))[.type]
        guard type as? FileAttributeType == .typeRegular,
            let data = FileManager.default.contents(atPath: path)
        else {
            throw Diagnostic(
                .missingInput, code: "poster.missing",
                "the poster of item '\(item)' is missing: there is no file \(path)",
                at: location,
                fix: "correct the path, which is relative to the items file, or leave the field empty")
        }
        let bytes = [UInt8](data)
        let name = (path as NSString).lastPathComponent
        do {
            // A poster the store has was checked when it came.
            let reference = try PosterStore.reference(to: bytes)
            if !store.holds(bytes, as: reference) {
                try validate(bytes, name)
                try store.put(bytes)
                added.append(reference)
            }
            taken.insert(reference)
            return reference
        } catch let error as Diagnostic where error.kind != .badData {
            throw error
        } catch {
            let cause = error as? Diagnostic
            throw Diagnostic(
                .badData, code: cause?.code ?? "poster.broken",
                "the poster \(path) of item '\(item)' is broken: \(cause?.message ?? "\(error)")",
                at: location,
                fix: (cause?.fix ?? "replace the file") + ", or import with --skip-bad-posters")
        }
    }

    /// What a path comes to, past symbolic links.
    private static func target(of path: String) -> String { (path as NSString).resolvingSymlinksInPath }

    /// Removes what this import added.
    func undo() { added.forEach(store.remove) }

    /// Waits until what this import refers to is on the disk.
    func barrier() throws { try store.barrier(taken) }
}
