package import FloatKernels
import NeuralNetwork

/// One way of looking at items, a row each: the space in which a kernel compares them.
package enum FeatureView: Sendable {
    /// Unit rows over terms (genres, directors, words); an empty row means unknown.
    case terms(SparseRows)
    /// Dense rows; `present[r]` is false where the item lacks this content.
    case points(Matrix, present: [Bool])

    package var count: Int {
        switch self {
        case .terms(let rows): rows.count
        case .points(let points, _): points.rows
        }
    }

    /// Terms, or dimensions.
    var width: Int {
        switch self {
        case .terms(let rows): rows.width
        case .points(let points, _): points.columns
        }
    }

    package func isPresent(_ row: Int) -> Bool {
        switch self {
        case .terms(let rows): !rows.isEmpty(row: row)
        case .points(_, let present): present[row]
        }
    }

    package func selecting(_ rows: [Int]) -> FeatureView {
        switch self {
        case .terms(let sparse): .terms(sparse.selecting(rows))
        case .points(let points, let present):
            .points(points.selectingRows(rows), present: rows.map { present[$0] })
        }
    }
}

extension FeatureView {
    func write(to file: inout TensorFileWriter, as name: String) {
        switch self {
        case .terms(let rows):
            file.add(name + ".starts", shape: [rows.starts.count], int32s: rows.starts.map(Int32.init))
            file.add(name + ".columns", shape: [rows.columns.count], int32s: rows.columns)
            file.add(name + ".values", shape: [rows.values.count], floats: rows.values)
            file.add(name + ".width", shape: [1], int32s: [Int32(rows.width)])
        case .points(let points, let present):
            file.add(name + ".points", shape: [points.rows, points.columns], floats: points.elements)
            file.add(name + ".present", bytes: present.map { $0 ? 1 : 0 })
        }
    }

    init(from file: TensorFile, _ name: String) throws {
        if file.contains(name + ".points") {
            let points = try file.matrix(name + ".points")
            let present = try file.bytes(name + ".present").map { $0 != 0 }
            try file.require(present.count == points.rows, name, "has a flag for every row")
            self = .points(points, present: present)
        } else {
            let starts = try file.int32s(name + ".starts").map(Int.init)
            let columns = try file.int32s(name + ".columns")
            let values = try file.floats(name + ".values", shape: [columns.count])
            let width = try file.int32s(name + ".width").first.map(Int.init) ?? 0
            let isSound =
                starts.first == 0 && starts.last == columns.count
                && zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }
                && columns.allSatisfy { 0 <= $0 && Int($0) < width }
            try file.require(isSound, name, "is a compressed-row matrix")
            self = .terms(SparseRows(width: width, starts: starts, columns: columns, values: values))
        }
    }
}
