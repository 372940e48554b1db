/// The attributes of items or users as codes, for models that embed them.
///
/// Codes of all fields are numbered through, field after field, so that one matrix of embeddings holds all of them. A field
/// weighs 1 in a row, however many values the row has of it: an embedding of three genres is their mean. What is not
/// known weighs nothing.
package struct CategoricalFields: Sendable, Equatable {
    /// The fields, in the order of their names.
    package let fields: [CategoricalField]
    /// Where the codes of each field start, and behind the last one their number.
    package let starts: [Int]

    /// Fields in the order given.
    package init(_ fields: [CategoricalField]) {
        self.fields = fields
        starts = fields.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    }

    /// Learns names and values from a table.
    ///
    /// - Parameter leastRows: in how many rows a value must occur to get a code: what occurs once is known as well by the
    ///   row's own number.
    package init(learnedFrom table: AttributeTable, leastRows: Int = 3) {
        self.init(
            table.names.compactMap { name in
                CategoricalField(
                    name: name, rows: table.rows.lazy.compactMap { $0[name] }, leastRows: leastRows)
            })
    }

    /// Number of codes.
    package var count: Int { starts[fields.count] }

    /// The codes of a row with their weights, ascending by code.
    package func codes(of row: AttributeTable.Row) -> [(code: Int, weight: Float)] {
        zip(fields, starts).flatMap { field, start -> [(code: Int, weight: Float)] in
            let codes = Set((row[field.name] ?? []).compactMap(field.code)).sorted()
            return codes.map { (start + $0, 1 / Float(codes.count)) }
        }
    }

    /// Rows × codes: the weights of all rows.
    package func encode(_ table: AttributeTable) -> CompressedRows {
        var (starts, columns, values) = ([0], [Int32](), [Float]())
        for row in table.rows {
            let codes = codes(of: row)
            columns += codes.map { Int32($0.code) }
            values += codes.map(\.weight)
            starts.append(values.count)
        }
        return CompressedRows(
            rows: table.count, columns: count, rowStarts: starts, columnIndices: columns, values: values)
    }
}
