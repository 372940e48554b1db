public import Diagnostics
import FloatKernels

/// All parameters of a network in one flat buffer, with one table.
public struct ParameterStore: Sendable, Equatable {
    /// What lies where.
    public let table: ParameterTable
    /// The parameters, `table.count` of them.
    public var values: [Float]

    /// Parameters as their layers start them; a parameter's start depends on the seed and its place in the table.
    public init(_ table: ParameterTable, seed: UInt64) {
        self.table = table
        values = [Float](repeating: 0, count: table.count)
        values.withUnsafeMutableBufferPointer { buffer in
            for (index, row) in table.rows.enumerated() {
                var generator = RandomGenerator(seed: seed, stream: UInt64(index))
                row.declaration.initialisation.fill(
                    UnsafeMutableBufferPointer(rebasing: buffer[row.range]), using: &generator)
            }
        }
    }

    /// Parameters from a file.
    ///
    /// - Parameter prefix: set before each parameter's name, as when they were saved.
    /// - Throws: `Diagnostic` (`model.…`) where one is missing, of another shape, or damaged.
    public init(_ table: ParameterTable, from file: TensorFile, prefix: String = "") throws(Diagnostic) {
        self.table = table
        values = []
        values.reserveCapacity(table.count)
        for row in table.rows {
            values += try file.floats(prefix + row.name, shape: row.declaration.shape)
        }
    }

    /// Adds every parameter to a file that is being written.
    public func save(to writer: inout TensorFileWriter, prefix: String = "") {
        for row in table.rows {
            writer.add(prefix + row.name, shape: row.declaration.shape, floats: Array(values[row.range]))
        }
    }
}
