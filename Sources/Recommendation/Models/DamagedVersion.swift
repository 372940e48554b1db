public import Diagnostics
import Foundation

/// The active version where it cannot be used, so that another one answers.
public struct DamagedVersion: Sendable {
    /// Its name.
    public let version: String
    /// What is wrong with it.
    public let damage: Diagnostic
    /// What its files were when they were looked at.
    private let files: [FileState]

    private struct FileState: Equatable {
        let number: Int?
        let size: Int?
        let modified: Date?

        init(_ path: String) {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            number = attributes?[.systemFileNumber] as? Int
            size = attributes?[.size] as? Int
            modified = attributes?[.modificationDate] as? Date
        }
    }

    init(_ version: String, _ damage: Diagnostic, in store: ModelStore) {
        self.version = version
        self.damage = damage
        files = store.files(version).map(FileState.init)
    }

    /// Whether its files are others by now, so that it is worth another look.
    func hasChanged(in store: ModelStore) -> Bool { store.files(version).map(FileState.init) != files }
}
