import Catalogue
import Diagnostics
import FloatKernels

/// Vectors as CSV: a header line, then an id and d numbers a line.
///
/// A column called `bias` is the bias, one called `provenance` says where a vector comes from and is skipped on reading; all
/// columns behind the first one but these are the vector's numbers.
enum VectorTable {
    static let bias = "bias", provenance = "provenance"

    /// - Throws: `csv.…`, `vectors.no_header`, with line and column.
    static func read(_ path: String) throws -> NamedVectors {
        let reader = try CSVReader(path: path)
        let numbers = reader.columns.indices.dropFirst().filter {
            reader.columns[$0] != bias && reader.columns[$0] != provenance
        }
        // Columns that are numbered 0, 1, 2 and so on are a header that pandas writes.
        let name = numbers.first.map { reader.columns[$0] } ?? ""
        if Float(name) != nil && Int(name) == nil {
            throw Diagnostic(
                .badData, code: "vectors.no_header",
                "the first line is a vector, not the names of the columns",
                at: .init(file: path, line: 1),
                fix: "begin with a header line: item_id,v1,v2 and so on, as many as there are numbers")
        }
        let biasColumn = reader.column(bias)
        var (ids, elements, biases) = ([String](), [Float](), [Float]())
        while try reader.next() {
            ids.append(try reader.string(0))
            for column in numbers { elements.append(try reader.float(column)) }
            if let biasColumn { biases.append(try reader.float(biasColumn)) }
        }
        return NamedVectors(
            ids: ids, vectors: Matrix(rows: ids.count, columns: numbers.count, elements: elements),
            biases: biasColumn == nil ? nil : biases)
    }

    /// The header line for vectors of `kind`.
    static func header(_ kind: VectorKind, dimensions: Int, hasBiases: Bool, hasProvenance: Bool) -> [UInt8] {
        var columns = [kind.singular + "_id"]
        if hasProvenance { columns.append(provenance) }
        if hasBiases { columns.append(bias) }
        columns += (1...max(dimensions, 1)).prefix(dimensions).map { "v\($0)" }
        return Array((columns.joined(separator: ",") + "\n").utf8)
    }

    /// A line; numbers with as many digits as it takes to read the same ones back.
    static func line(_ id: String, provenance: String?, bias: Float?, vector: [Float]) -> [UInt8] {
        var line = CSVField.encode(id)
        for field in [provenance, bias.map { "\($0)" }].compactMap(\.self) + vector.map({ "\($0)" }) {
            line.append(UInt8(ascii: ","))
            line += field.utf8
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }
}
