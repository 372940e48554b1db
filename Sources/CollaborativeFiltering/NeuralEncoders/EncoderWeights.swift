import FloatKernels
import NeuralNetwork

extension ParameterTable {
    /// The parameters of the table, of which `values` are the first ones, as matrices by name.
    func tensors(_ values: [Float]) -> [String: Matrix] {
        Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let shape = row.declaration.shape
                return (
                    row.name,
                    Matrix(rows: shape[0], columns: shape[1], elements: Array(values[row.range]))
                )
            })
    }

    /// The values that `tensors` has of the table; nil where one is missing or of another shape.
    func values(_ tensors: [String: Matrix]) -> [Float]? {
        var values: [Float] = []
        for row in rows {
            guard let matrix = tensors[row.name],
                [matrix.rows, matrix.columns] == row.declaration.shape
            else { return nil }
            values += matrix.elements
        }
        return values
    }
}

extension TastePrior {
    /// Between what is believed and what a network says of `count` ratings:
    ///
    ///     (count u + halfway mean) / (count + halfway)
    func blended(with vector: [Float], count: Int, halfway: Float) -> [Float] {
        let share = Float(count) / (Float(count) + halfway)
        return zip(vector, mean).map { share * $0 + (1 - share) * $1 }
    }
}
