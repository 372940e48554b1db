package import FloatKernels

/// A similarity of items in one view; 0 where either item lacks the content.
package struct KernelFactor: Sendable, Hashable {
    package enum Form: Sendable, Hashable {
        /// The dot product of unit rows.
        case cosine
        /// exp(−D² / scale), D the distance in the view.
        case gaussian(scale: Float)
    }

    package let view: String
    package let form: Form

    package init(_ view: String, _ form: Form) {
        self.view = view
        self.form = form
    }

    /// rows × columns, values 0 … 1 for features that are not negative.
    ///
    /// - Parameter squaredDistances: those in the view, where they are known already.
    package func gram(
        _ rows: EncodedItems, _ columns: KernelSupport, squaredDistances: Matrix? = nil, pool: ThreadPool
    ) -> Matrix {
        switch (rows[view], columns.items[view], form) {
        case (.terms(let left)?, .terms?, .cosine):
            columns.cosines(left, in: view, pool: pool)
        case (.points(let left, let leftPresent)?, .points(_, let rightPresent)?, .gaussian(let scale)):
            Self.gaussian(
                squaredDistances ?? columns.squaredDistances(left, in: view, pool: pool), scale: scale,
                present: (leftPresent, rightPresent), pool: pool)
        default:
            preconditionFailure("kernel over '\(view)' does not fit its view")
        }
    }

    private static func gaussian(
        _ squaredDistances: Matrix, scale: Float, present: ([Bool], [Bool]), pool: ThreadPool
    ) -> Matrix {
        var gram = squaredDistances
        let factor = -1 / max(scale, .leastNormalMagnitude)
        gram.withMutableRows(pool: pool) { row, values in
            guard let base = values.baseAddress else { return }
            guard present.0[row] else { return values.update(repeating: 0) }
            for column in values.indices { values[column] *= factor }
            FloatKernels.exponential(base, count: values.count)
            for column in values.indices where !present.1[column] { values[column] = 0 }
        }
        return gram
    }
}

extension Matrix {
    /// Squared distances of every row to every row of `other`, never negative.
    ///
    /// - Parameter squaredLengths: of the rows of `other`, where they are known already.
    func squaredDistances(
        to other: Matrix, squaredLengths: [Float]? = nil, pool: ThreadPool
    ) -> Matrix {
        var distances = matrixProduct(self, other, transposingB: true, pool: pool)
        let (mine, theirs) = (squaredRowLengths, squaredLengths ?? other.squaredRowLengths)
        distances.withMutableRows(pool: pool) { row, values in
            for column in values.indices {
                values[column] = Swift.max(mine[row] + theirs[column] - 2 * values[column], 0)
            }
        }
        return distances
    }
}
