import Foundation
import GRDB

/// Item vectors between their rows and their values; floats are stored little-endian, four bytes each.
enum VectorRows {
    /// The vectors of a model version, by item key; of one item, if it is named.
    static func fetch(_ db: Database, version: String, item: Int64? = nil) throws -> [ItemVector] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT item_key, provenance, vector, bias, variance FROM vectors
                    WHERE version = :version \(item == nil ? "" : "AND item_key = :item") ORDER BY item_key
                    """), arguments: item.map { ["version": version, "item": $0] } ?? ["version": version])
        var vectors: [ItemVector] = []
        while let row = try rows.next() {
            let vector: [Float] = try row.withUnsafeData(atIndex: 2) { $0.map(floats) ?? [] }
            vectors.append(
                ItemVector(
                    itemKey: row[0], provenance: ItemVector.Provenance(rawValue: row[1]) ?? .projected,
                    vector: vector, bias: Float(row[3] as Double), variance: Float(row[4] as Double)))
        }
        return vectors
    }

    /// Adds or replaces vectors of a model version.
    static func save(_ db: Database, _ vectors: [ItemVector], version: String) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO vectors(version, item_key, provenance, vector, bias, variance) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT(version, item_key) DO UPDATE SET provenance = excluded.provenance,
                vector = excluded.vector, bias = excluded.bias, variance = excluded.variance
                """)
        for vector in vectors {
            try statement.execute(arguments: [
                version, vector.itemKey, vector.provenance.rawValue, bytes(vector.vector),
                Double(vector.bias),
                Double(vector.variance),
            ])
        }
    }

    private static func bytes(_ floats: [Float]) -> Data {
        floats.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    }

    private static func floats(_ data: Data) -> [Float] {
        data.withUnsafeBytes { raw in
            (0..<raw.count / 4).map { index in
                Float(
                    bitPattern: UInt32(
                        littleEndian: raw.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
            }
        }
    }
}
