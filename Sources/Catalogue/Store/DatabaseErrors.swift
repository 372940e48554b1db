import Diagnostics
import GRDB

/// Runs `body`; an error of the database becomes a `Diagnostic` that names the file and the remedy.
func translatingDatabaseErrors<Result>(of path: String, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw diagnostic(for: error, path: path)
    }
}

private func diagnostic(for error: DatabaseError, path: String) -> Diagnostic {
    let place = Diagnostic.Location(file: path)
    let reason = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
        return Diagnostic(
            .badData, code: "workspace.corrupt", "the file is not a readable SQLite database (\(reason))",
            at: place, fix: "restore it from a backup, or move it away and import again")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
        return Diagnostic(
            .unavailable, code: "workspace.busy", "another process is writing to the catalogue", at: place,
            fix: "try again when it is done")
    case .SQLITE_FULL, .SQLITE_IOERR:
        return Diagnostic(
            .unavailable, code: "workspace.storage", "the disk refused to write or read (\(reason))",
            at: place,
            fix: "free some space or check the disk; the catalogue is as it was before")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
        return Diagnostic(
            .unavailable, code: "workspace.access", "the catalogue cannot be opened or written (\(reason))",
            at: place, fix: "check the permissions of the workspace folder")
    default:
        return Diagnostic(
            .other, code: "catalogue.database", "the database failed: \(error)", at: place,
            fix: "run 'coldstart status'; if it fails too, restore the workspace from a backup")
    }
}
