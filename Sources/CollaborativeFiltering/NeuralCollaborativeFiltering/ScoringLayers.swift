public import FloatKernels

/// How a model scores that does more than multiply vectors: a user's and an item's row through fully connected layers.
///
///     s(u, i) = g(p, v) − ḡ(v) + b,   g = z_L·w + (p A)·v + p's last value,   z₁ = max(0, p Wᵤ + v Wᵥ + c₁),   zₗ₊₁ = max(0, zₗ Wₗ + cₗ)
///
/// v and b are the item's row and bias in the one table, wherever that row comes from: from ratings or from content. p is the
/// user's input, which is not as long as v; its last value is the user's bias. ḡ is the mean of g over users of the training
/// data, so that b is the item's mean score over them, as in every space in the canonical gauge.
public struct ScoringLayers: Sendable {
    /// Users × p, of the users that the model was fitted to.
    public package(set) var inputs: Matrix
    /// Wᵤ, (p − 1) × h₁, and Wᵥ, d × h₁.
    let userWeights, itemWeights: Matrix
    /// A, (p − 1) × d.
    let products: Matrix
    /// c₁, h₁ values.
    let firstBiases: [Float]
    /// W₂, c₂, W₃, …
    let deeper: [Layer]
    /// w, as many values as the last layer is wide.
    let output: [Float]
    /// Makes inputs of later users.
    var encoder: InputEncoder

    /// A layer behind the first: inputs × outputs, and a bias an output.
    struct Layer: Sendable, Equatable {
        let weights: Matrix
        let biases: [Float]
    }

    /// h₁, h₂, …
    var widths: [Int] { [firstBiases.count] + deeper.map(\.biases.count) }

    /// Users over whom ḡ is the mean: all, or every n-th of many.
    private static let mostReferences = 512

    /// Of those users the inputs.
    var references: Matrix {
        let step = max(1, (inputs.rows + Self.mostReferences - 1) / Self.mostReferences)
        return inputs.selectingRows(Array(stride(from: 0, to: inputs.rows, by: step)))
    }

    /// The input (p values) of a user whom the model was not fitted to.
    ///
    /// - Parameters:
    ///   - taste: his vector as the space's encoder makes it, d values.
    ///   - attributes: what is known of him.
    public func input(taste: [Float], attributes: AttributeTable.Row) -> [Float] {
        encoder.input(taste: taste, attributes: attributes)
    }

    /// The items' mean scores over the reference users, for rows (items × d) with these biases.
    func meanScores(of vectors: Matrix, biases: [Float], pool: ThreadPool) -> [Float] {
        let scan = LayerScan(ItemTable(vectors: vectors, biases: biases), self, pool: pool)
        return zip(biases, scan.means).map { $0 + $1 }
    }

    /// The same layers for rows v′ = vL, L being lower triangular: with L⁻¹Wᵥ instead of Wᵥ, and (L⁻¹Aᵀ)ᵀ instead of A, all scores
    /// stay what they are.
    package func reading(rowsTimes factor: Matrix) -> ScoringLayers {
        ScoringLayers(
            inputs: inputs, userWeights: userWeights, itemWeights: solve(factor, itemWeights),
            products: solve(factor, products.transposed).transposed, firstBiases: firstBiases,
            deeper: deeper, output: output, encoder: encoder)
    }

    /// The users' half of the first layer, c₁ included, and behind it p A: users × (h₁ + d).
    func userHalves(_ inputs: Matrix, pool: ThreadPool?) -> Matrix {
        let (hidden, d) = (firstBiases.count, products.columns)
        let start = firstBiases + [Float](repeating: 0, count: d)
        var halves = Matrix(
            rows: inputs.rows, columns: start.count,
            elements: (0..<inputs.rows).flatMap { _ in start })
        multiply(inputs, by: userWeights, addingTo: &halves, column: 0, pool: pool)
        multiply(inputs, by: products, addingTo: &halves, column: hidden, pool: pool)
        return halves
    }

    /// The items' half of the first layer, and behind it v: items × (h₁ + d).
    func itemHalves(_ vectors: Matrix, pool: ThreadPool?) -> Matrix {
        let hidden = firstBiases.count
        var halves = Matrix(rows: vectors.rows, columns: hidden + vectors.columns)
        multiply(vectors, by: itemWeights, addingTo: &halves, column: 0, pool: pool)
        for row in 0..<vectors.rows {
            let start = row * halves.columns + hidden
            halves.elements.replaceSubrange(start..<start + vectors.columns, with: vectors.row(row))
        }
        return halves
    }

    /// Adds rows times weights to some columns of `result`, from `column` on. Of longer rows the first values count.
    private func multiply(
        _ rows: Matrix, by weights: Matrix, addingTo result: inout Matrix, column: Int, pool: ThreadPool?
    ) {
        precondition(rows.columns >= weights.rows, "rows as long as the layer reads")
        let (count, width) = (rows.rows, result.columns)
        rows.elements.withUnsafeBufferPointer { a in
            weights.elements.withUnsafeBufferPointer { b in
                result.elements.withUnsafeMutableBufferPointer { c in
                    guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
                    matrixProduct(
                        a: a, aStride: rows.columns, transposingA: false, b: b, bStride: weights.columns,
                        transposingB: false, into: c + column, cStride: width, m: count, n: weights.columns,
                        k: weights.rows, beta: 1, pool: pool)
                }
            }
        }
    }
}

/// L⁻¹B in Double, as L may be graded: columns of directions that hardly any user tells apart are small.
private func solve(_ lower: Matrix, _ rightSides: Matrix) -> Matrix {
    let (d, width) = (rightSides.rows, rightSides.columns)
    var solved = rightSides.elements.map(Double.init)
    for row in 0..<d {
        for before in 0..<row {
            let weight = Double(lower[row, before])
            for column in 0..<width {
                solved[row * width + column] -= weight * solved[before * width + column]
            }
        }
        for column in 0..<width { solved[row * width + column] /= Double(lower[row, row]) }
    }
    return Matrix(rows: d, columns: width, elements: solved.map { Float($0) })
}
