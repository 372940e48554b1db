package import FloatKernels

/// Ratings that are kept from a model, to see how well it would have predicted them: for choosing its settings.
package struct HeldOutRatings {
    /// All ratings but those.
    package let training: CompressedRows
    private var held: [(user: Int, item: Int, rating: Float)] = []

    /// One rating in so many is held out.
    private static let share = 10

    /// Draws what is held out of `ratings`, users × items.
    package init(_ ratings: CompressedRows, using generator: inout RandomGenerator) {
        var (starts, columns, values) = ([0], [Int32](), [Float]())
        columns.reserveCapacity(ratings.values.count)
        values.reserveCapacity(ratings.values.count)
        for user in 0..<ratings.rows {
            for entry in ratings.entries(ofRow: user) {
                if generator.index(below: Self.share) == 0 {
                    held.append((user, Int(ratings.columnIndices[entry]), ratings.values[entry]))
                } else {
                    columns.append(ratings.columnIndices[entry])
                    values.append(ratings.values[entry])
                }
            }
            starts.append(values.count)
        }
        training = CompressedRows(
            rows: ratings.rows, columns: ratings.columns, rowStarts: starts, columnIndices: columns,
            values: values)
    }

    /// Ratings held out.
    package var count: Int { held.count }

    /// The root of the mean squared error of `prediction` of a user and an item.
    package func rootMeanSquareError(of prediction: (Int, Int) -> Float) -> Double {
        let squares = held.reduce(0.0) { sum, pair in
            let error = Double(prediction(pair.user, pair.item) - pair.rating)
            return sum + error * error
        }
        return (squares / Double(max(held.count, 1))).squareRoot()
    }
}
