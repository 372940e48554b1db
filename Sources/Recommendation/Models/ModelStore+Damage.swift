import Diagnostics

/// What is said of versions that cannot be used.
extension ModelStore {
    /// Runs `body`, which reads a version; damage that it meets becomes an error that names the version and the way out.
    ///
    /// - Parameter file: the place, where the damage names none.
    func explaining<Result>(_ version: String, at file: String? = nil, _ body: () throws -> Result) throws
        -> Result
    {
        do {
            return try body()
        } catch let damage as Diagnostic where damage.isDamageOfModel {
            throw Diagnostic(
                .badData, code: damage.code, "model version \(version) cannot be used: \(damage.message)",
                at: damage.location ?? file.map { .init(file: $0) }, fix: wayOut(of: version))
        }
    }

    /// What to do where a version cannot be used.
    func wayOut(of version: String) -> String {
        guard version == current() else {
            return "use another version (coldstart models list), or train a new one with 'coldstart train'"
        }
        return versions(before: version).isEmpty
            ? "train a new version with 'coldstart train', or bring this one back from a copy"
            : "go back to the version before with 'coldstart models rollback', or train a new one with 'coldstart train'"
    }
}

extension Diagnostic {
    /// Whether it says that a model version is damaged, or gone, rather than out of reach.
    var isDamageOfModel: Bool {
        kind == .badData && code.hasPrefix("model.")
            || ["model.missing", "model.unknown_version"].contains(code)
    }
}
