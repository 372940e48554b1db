import Foundation

extension PosterStore {
    /// How a poster's file is.
    public enum Condition: Sendable {
        case sound, missing
        /// Its bytes are not those that it is named by.
        case damaged
    }

    /// Reads a poster and holds it against its name.
    public func condition(of reference: PosterReference) -> Condition {
        guard let data = FileManager.default.contents(atPath: path(of: reference)) else { return .missing }
        return (try? Self.reference(to: [UInt8](data))) == reference ? .sound : .damaged
    }

    /// The files there are, as `PosterReference.relativePath` names them: posters, and halves that an ended process left.
    public func files() -> Set<String> {
        let manager = FileManager.default
        var files: Set<String> = []
        for folder in (try? manager.contentsOfDirectory(atPath: directory)) ?? [] where folder.utf8.count == 2
        {
            for name in (try? manager.contentsOfDirectory(atPath: directory + "/" + folder)) ?? []
            where name.hasPrefix(folder) || name.hasPrefix(".") {
                files.insert(folder + "/" + name)
            }
        }
        return files
    }
}
