import Catalogue
public import Diagnostics
import FloatKernels
import NeuralNetwork

/// Reads vectors that another program wrote, and finds what is wrong with them.
///
/// An array is mapped and turned into numbers once; nothing else of its size is held.
public struct VectorFile: Sendable {
    /// The vectors.
    public let contents: NamedVectors
    private let path: String
    private let ids: IDFile?

    /// Reads `path` by its ending, and the files beside it.
    ///
    /// - Parameters:
    ///   - idsPath: an id for every row, in their order, as `IDFile` reads it; needed for `npy`, and for `safetensors` whose metadata
    ///     have no `item_ids` or `user_ids` (one a line).
    ///   - biasesPath: a number for every row, as `npy` or as the tensor `item_biases` of a `safetensors` file.
    /// - Throws: `vectors.…`, and what reading the files throws, with the place.
    public init(
        _ kind: VectorKind, path: String, idsPath: String? = nil, biasesPath: String? = nil
    ) throws {
        self.path = path
        let ids = try idsPath.map { try IDFile(path: $0, column: kind.singular + "_id") }
        self.ids = ids
        var contents =
            switch try VectorFormat(ofFile: path) {
            case .csv: try Self.table(path, ids: ids)
            case .npy: try Self.array(kind, path, ids: ids)
            case .safetensors: try Self.tensor(kind, path, ids: ids)
            }
        if let biasesPath {
            contents.biases = try Self.biases(kind, biasesPath, count: contents.count)
        }
        self.contents = contents
        try validate(kind)
    }

    /// Where a row's id stands.
    public func location(_ row: Int) -> Diagnostic.Location {
        ids?.location(row) ?? Diagnostic.Location(file: path)
    }

    private static func array(_ kind: VectorKind, _ path: String, ids: IDFile?) throws -> NamedVectors {
        guard let ids else { throw withoutIDs(kind, path) }
        let array = try NumpyFile(path: path)
        guard array.shape.count == 2 else {
            throw Diagnostic(
                .badData, code: "vectors.shape",
                "the array has the shape \(array.shape), not \(kind.rawValue) × dimensions",
                at: .init(file: path), fix: "save a matrix of one row for every \(kind.singular)")
        }
        return try named(array.matrix(), ids.ids, kind, path)
    }

    private static func tensor(_ kind: VectorKind, _ path: String, ids: IDFile?) throws -> NamedVectors {
        let file = try TensorFile(path: path)
        let metadata = file.texts[kind.singular + "_ids"].map {
            $0.split(separator: "\n").map { String($0) }
        }
        guard let names = ids?.ids ?? metadata else { throw withoutIDs(kind, path) }
        let name = kind.rawValue
        do {
            let numbers = try file.numbers(name, shape: [nil, nil])
            let shape = try file.shape(name)
            var result = try named(
                Matrix(rows: shape[0], columns: shape[1], elements: numbers), names, kind, path)
            let biases = kind.singular + "_biases"
            if file.contains(biases) {
                result.biases = try file.numbers(biases, shape: [result.count])
            }
            return result
        } catch var error as Diagnostic where error.code == "model.tensor" {
            error.fix =
                "write it as a matrix of numbers called '\(name)': "
                + "safetensors.numpy.save_file({'\(name)': vectors}, file)"
            throw error
        }
    }

    private static func table(_ path: String, ids: IDFile?) throws -> NamedVectors {
        guard ids == nil else {
            throw Diagnostic(
                .usage, code: "vectors.two_ids", "the ids stand in the file itself", at: .init(file: path),
                fix: "leave out the file of ids")
        }
        return try VectorTable.read(path)
    }

    private static func named(
        _ vectors: Matrix, _ ids: [String], _ kind: VectorKind, _ path: String
    ) throws -> NamedVectors {
        guard ids.count == vectors.rows else {
            throw Diagnostic(
                .badData, code: "vectors.id_count",
                "there are \(vectors.rows) rows, but \(ids.count) ids of \(kind.rawValue)",
                at: .init(file: path), fix: "give one id for every row, in the order of the rows")
        }
        return NamedVectors(ids: ids, vectors: vectors)
    }

    private static func biases(_ kind: VectorKind, _ path: String, count: Int) throws -> [Float] {
        let biases =
            switch try VectorFormat(ofFile: path) {
            case .npy: try NumpyFile(path: path).matrix().elements
            case .safetensors: try TensorFile(path: path).numbers(kind.singular + "_biases")
            case .csv:
                throw Diagnostic(
                    .usage, code: "vectors.format", "biases in CSV stand beside the vectors",
                    at: .init(file: path), fix: "call the column of the vectors' file that holds them 'bias'")
            }
        guard biases.count == count else {
            throw Diagnostic(
                .badData, code: "vectors.bias_count",
                "there are \(biases.count) biases for \(count) \(kind.rawValue)", at: .init(file: path),
                fix: "give one bias for every row of the vectors, in their order")
        }
        return biases
    }

    private static func withoutIDs(_ kind: VectorKind, _ path: String) -> Diagnostic {
        Diagnostic(
            .usage, code: "vectors.no_ids",
            "the file does not say which \(kind.singular) a row belongs to", at: .init(file: path),
            fix: "give a file with one id a line, in the order of the rows: --\(kind.singular)-ids FILE")
    }

    /// Every id once and not empty, every number finite, at least one of both.
    private func validate(_ kind: VectorKind) throws {
        guard contents.count > 0, contents.vectors.columns > 0 else {
            throw Diagnostic(
                .badData, code: "vectors.empty",
                "the file holds \(contents.count) vectors of \(contents.vectors.columns) numbers",
                at: .init(file: path), fix: "give a row for every \(kind.singular)")
        }
        var first: [String: Int] = [:]
        for (row, id) in contents.ids.enumerated() {
            guard !id.isEmpty else {
                throw Diagnostic(
                    .badData, code: "vectors.empty_id", "row \(row + 1) has no id", at: location(row),
                    fix: "give every row the id that the catalogue knows it by")
            }
            guard let earlier = first.updateValue(row, forKey: id) else { continue }
            throw Diagnostic(
                .badData, code: "vectors.duplicate_id",
                "the id '\(id)' of row \(row + 1) is also that of row \(earlier + 1)", at: location(row),
                fix: "give every \(kind.singular) one row")
        }
        let columns = contents.vectors.columns
        if let place = contents.vectors.elements.firstIndex(where: { !$0.isFinite }) {
            throw notFinite(
                "number \(place % columns + 1) of row \(place / columns + 1) ('\(contents.ids[place / columns])')",
                contents.vectors.elements[place])
        }
        if let row = contents.biases?.firstIndex(where: { !$0.isFinite }) {
            throw notFinite("the bias of row \(row + 1) ('\(contents.ids[row])')", contents.biases?[row] ?? 0)
        }
    }

    private func notFinite(_ place: String, _ value: Float) -> Diagnostic {
        Diagnostic(
            .badData, code: "vectors.not_finite", "\(place) is \(value)", at: .init(file: path),
            fix: "leave out rows without a vector, and check that the training that made them converged")
    }
}
