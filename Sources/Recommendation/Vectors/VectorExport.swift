import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels
import NeuralNetwork

/// Writes the vectors of the active version for other programs.
///
/// In the coordinates in which they came, where they were imported, so that the recommender that learned them goes on with
/// them: u·v + b of the canonical gauge and p·q + b₀ of these are the same scores.
public struct VectorExport: Sendable {
    private let recommender: Recommender

    /// Exports what a recommender answers from.
    public init(_ recommender: Recommender) { self.recommender = recommender }

    /// What was written.
    public struct Report: Sendable, Encodable {
        /// Vectors written.
        public let vectors: Int
        /// Numbers of a vector, without the bias.
        public let dimensions: Int
        /// Whether items have biases.
        public let hasBiases: Bool
        /// The file, then those beside it.
        public let files: [String]
    }

    /// Vectors of items, in the order of the catalogue.
    ///
    /// - Parameter onlyNew: only those that ratings have not placed yet.
    public func items(onlyNew: Bool = false) -> (vectors: NamedVectors, provenances: [Snapshot.Provenance]) {
        let snapshot = recommender.snapshot
        let rows = snapshot.items.indices.filter { !onlyNew || snapshot.items[$0].isNew }
        let canonical = ItemTable(
            vectors: snapshot.table.vectors.selectingRows(rows),
            biases: rows.map { snapshot.table.biases[$0] })
        let table = snapshot.original?.items(canonical, pool: recommender.pool) ?? canonical
        let hasBiases = snapshot.original?.hasBiases ?? true
        return (
            NamedVectors(
                ids: rows.map { snapshot.items[$0].item.id }, vectors: table.vectors,
                biases: hasBiases ? table.biases : nil),
            rows.map { snapshot.items[$0].provenance }
        )
    }

    /// Vectors of all users of the catalogue, as they are served now.
    public func users() throws -> NamedVectors {
        let snapshot = recommender.snapshot
        let users = try recommender.store.users()
        let ratings = try recommender.store.ratingsByUser(users)
        let canonical = Matrix(
            rows: users.count, columns: snapshot.table.dimensions,
            elements: users.flatMap { snapshot.taste(of: $0.user, ratings: ratings[$0.key] ?? []) })
        return NamedVectors(
            ids: users.map(\.user.id),
            vectors: snapshot.original?.users(canonical, pool: recommender.pool) ?? canonical)
    }

    /// Writes items to `path`: `npy` with ids and biases in files beside it (`x.npy`, `x.ids.txt`, `x.biases.npy`), `safetensors`
    /// with `items`, `item_biases` and, in the metadata, `item_ids`, or `csv` with `item_id,provenance,bias,v1,…`.
    ///
    /// - Throws: `vectors.none`, `vectors.line_break`, and what writing throws.
    public func writeItems(onlyNew: Bool, format: VectorFormat, to path: String) throws -> Report {
        let (vectors, provenances) = items(onlyNew: onlyNew)
        guard vectors.count > 0 else {
            throw Diagnostic(
                .missingInput, code: "vectors.none",
                onlyNew ? "ratings have placed all items: there is no new one" : "no item has a place yet",
                fix: onlyNew
                    ? "add one with 'coldstart add', or leave out --only new" : "run 'coldstart train'"
            )
        }
        return try write(.items, vectors, provenances.map(\.rawValue), format, to: path)
    }

    /// Writes users in the same way.
    public func writeUsers(format: VectorFormat, to path: String) throws -> Report {
        let vectors = try users()
        guard vectors.count > 0 else {
            throw Diagnostic(
                .missingInput, code: "vectors.none", "the catalogue has no users",
                fix: "import users or ratings, or take them over with 'coldstart import-vectors --users'")
        }
        return try write(.users, vectors, nil, format, to: path)
    }

    private func write(
        _ kind: VectorKind, _ vectors: NamedVectors, _ provenances: [String]?, _ format: VectorFormat,
        to path: String
    ) throws -> Report {
        var files = [path]
        switch format {
        case .csv: try writeTable(kind, vectors, provenances, to: path)
        case .safetensors:
            var file = TensorFileWriter()
            file.texts[kind.singular + "_ids"] = try Self.lines(vectors.ids, path)
            file.add(kind.rawValue, matrix: vectors.vectors)
            if let biases = vectors.biases {
                file.add(kind.singular + "_biases", shape: [biases.count], floats: biases)
            }
            try file.write(to: path)
        case .npy:
            let stem = path.hasSuffix(".npy") ? String(path.dropLast(4)) : path
            let ids = try Self.lines(vectors.ids, path)
            try NumpyFile.write(vectors.vectors, to: path)
            files.append(stem + ".ids.txt")
            try DurableFile.write(.init((ids + "\n").utf8), to: stem + ".ids.txt")
            if let biases = vectors.biases {
                files.append(stem + ".biases.npy")
                try NumpyFile.write(biases, to: stem + ".biases.npy")
            }
        }
        return Report(
            vectors: vectors.count, dimensions: vectors.vectors.columns, hasBiases: vectors.biases != nil,
            files: files)
    }

    private func writeTable(
        _ kind: VectorKind, _ vectors: NamedVectors, _ provenances: [String]?, to path: String
    ) throws {
        let file = try AtomicOutputFile(path: path)
        try file.write(
            VectorTable.header(
                kind, dimensions: vectors.vectors.columns, hasBiases: vectors.biases != nil,
                hasProvenance: provenances != nil))
        for row in vectors.ids.indices {
            try file.write(
                VectorTable.line(
                    vectors.ids[row], provenance: provenances?[row], bias: vectors.biases?[row],
                    vector: vectors.vectors.row(row)))
        }
        try file.finish()
    }

    /// The ids, one a line.
    ///
    /// - Throws: `vectors.line_break`.
    static func lines(_ ids: [String], _ path: String, fix: String = "export as CSV: --format csv") throws
        -> String
    {
        if let broken = ids.first(where: { $0.contains(where: \.isNewline) }) {
            throw Diagnostic(
                .badData, code: "vectors.line_break",
                "the id '\(broken)' has a line break, and ids are written one a line", at: .init(file: path),
                fix: fix)
        }
        return ids.joined(separator: "\n")
    }
}
