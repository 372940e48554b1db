public import Diagnostics
import GRDB

extension SQLiteCatalogueStore {
    /// What is wrong with the file: pages that cannot be read, indexes that miss a row, rows that refer to none. Reads all of it.
    ///
    /// - Returns: a sentence each, at most a few a table; nothing where all is well.
    /// - Throws: `workspace.corrupt` where not even that can be found out, or `interrupted`.
    public func faults(monitor: WorkMonitor = .silent) throws -> [String] {
        let stage = "Checking the catalogue"
        try monitor.report(stage, 0)
        return try read { db in
            let tables = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_master
                    WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
                    """)
            var faults: [String] = []
            for (number, table) in tables.enumerated() {
                try monitor.report(stage, number, of: tables.count + 1, "tables")
                let name = table.replacing("'", with: "''")
                faults += try String.fetchAll(
                    db,
                    sql:
                        "SELECT * FROM pragma_integrity_check('\(name)') WHERE integrity_check <> 'ok' LIMIT 3"
                )
            }
            try monitor.report(stage, tables.count, of: tables.count + 1, "tables")
            let orphans = try Row.fetchAll(
                db, sql: "SELECT \"table\", parent, COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2")
            faults += orphans.map { row in
                "\(row[2] as Int) rows of \(row[0] as String) refer to \(row[1] as String) that are not there"
            }
            return faults
        }
    }
}
