package import FloatKernels

/// By how much the places of two versions of one item differ, and how sure that is.
package struct PlacementDifference: Sendable {
    /// outputs: the first's place less the second's, vector, then bias.
    package let step: [Double]
    /// Variance of the difference of the vectors, summed over the dimensions.
    package let vectorVariance: Double
    /// Variance of the difference of the biases.
    package let biasVariance: Double
}

extension ContentProjection {
    /// The posterior of f(a) − f(b): both share what they have in common, so it is far surer than either place.
    ///
    /// Its variance is s² (k(a,a) + k(b,b) − 2 k(a,b) − |L⁻¹ (k(a) − k(b))|²) (Rasmussen & Williams 2006, equation 2.24, of a linear
    /// combination). What both lack is the same unknown for both.
    package func difference(
        _ first: ContentReading, _ second: ContentReading, pool: ThreadPool
    ) -> PlacementDifference {
        let pair = first.items.views.keys.reduce(into: EncodedItems(count: 2)) { pair, name in
            guard let a = first.items[name], let b = second.items[name] else { return }
            pair[name] = a.joined(with: b)
        }
        let similarities = WeightedKernels.grams(
            [regression.vector.kernels, regression.bias.kernels], pair, support, pool: pool)
        let variances = zip([regression.vector, regression.bias], similarities).map { part, similarity in
            var step = Matrix(rows: 1, columns: similarity.columns)
            for column in 0..<similarity.columns {
                step[0, column] = similarity[0, column] - similarity[1, column]
            }
            let prior = zip(part.kernels.kernels, part.kernels.weights).reduce(0.0) { sum, entry in
                sum + 2 * Double(entry.1) * (1 - kinship(entry.0, first.items, second.items, pool: pool))
            }
            let explained = Double(part.supportVariance.explained(step, pool: pool)[0])
            // Similarities are floats: less than this nobody can tell from none.
            let least = 1e-6 * Double(part.kernels.priorVariance)
            return Double(part.variance * gain * gain) * max(prior - explained, least)
        }
        let places = spread(regression.predict(pair, support, pool: pool).outputs.addingToRows(mean))
        return PlacementDifference(
            step: (0..<places.columns).map { Double(places[0, $0]) - Double(places[1, $0]) },
            vectorVariance: variances[0], biasVariance: variances[1])
    }

    /// A kernel between two versions of an item: 1 where they do not differ in it.
    private func kinship(
        _ kernel: ContentKernel, _ first: EncodedItems, _ second: EncodedItems, pool: ThreadPool
    ) -> Double {
        kernel.factors.reduce(1) { product, factor in
            let present = [first, second].map { $0[factor.view]?.isPresent(0) ?? false }
            guard present[0] || present[1] else { return product }
            guard present[0] && present[1] else { return 0 }
            let gram = factor.gram(first, KernelSupport(second, views: [factor.view]), pool: pool)
            return product * Double(min(max(gram[0, 0], 0), 1))
        }
    }
}

extension FeatureView {
    /// These rows, then those of another view of the same width.
    fileprivate func joined(with other: FeatureView) -> FeatureView {
        switch (self, other) {
        case (.terms(let a), .terms(let b)):
            .terms(
                SparseRows(
                    width: a.width, starts: a.starts + b.starts.dropFirst().map { $0 + a.columns.count },
                    columns: a.columns + b.columns, values: a.values + b.values))
        case (.points(let a, let presentA), .points(let b, let presentB)):
            .points(
                Matrix(rows: a.rows + b.rows, columns: a.columns, elements: a.elements + b.elements),
                present: presentA + presentB)
        default: preconditionFailure("two views of one name are of one kind")
        }
    }
}
