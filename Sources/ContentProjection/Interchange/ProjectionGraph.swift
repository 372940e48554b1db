import FloatKernels
import NeuralNetwork

/// The projection as an ONNX graph: from encoded content to place, bias and variance, as `PlacementRegression` computes them.
///
/// An input a view, items × width: rows of terms are scaled to unit length, zero where nothing is known; beside a view of points
/// stands `<view>.present`, items × 1, with 0 where the content is missing. `ContentProjection.addInputs` writes them.
struct ProjectionGraph {
    private var graph: ONNXGraph
    private let projection: ContentProjection
    private let pool: ThreadPool
    private var inputs: [String: ONNXGraph.Value] = [:]
    private var factors: [KernelFactor: ONNXGraph.Value] = [:]
    private var distances: [String: ONNXGraph.Value] = [:]
    private let zero: ONNXGraph.Value

    private static let documentation = """
        coldstart: where content puts an item in the collaborative space. The inputs are an item's content as coldstart encodes it \
        (coldstart export model --format onnx --inputs FILE writes it for items of the catalogue); posters, texts and names are not \
        read here. The score of a user u is u·vector + bias; variance is the expected squared error of a score. Vectors are in the \
        canonical gauge, as items.vectors and users.vectors of coldstart export model FILE.safetensors, also where coldstart export \
        vectors gives those that were imported in other coordinates. First ratings of an item are not counted here.
        """

    static func make(_ projection: ContentProjection, pool: ThreadPool) -> ONNXGraph {
        var maker = ProjectionGraph(projection, pool)
        maker.build()
        return maker.graph
    }

    private init(_ projection: ContentProjection, _ pool: ThreadPool) {
        self.projection = projection
        self.pool = pool
        graph = ONNXGraph(name: "coldstart_projection", documentation: Self.documentation)
        zero = graph.constant("zero", 0)
    }

    private mutating func build() {
        for view in projection.regression.views.sorted() { declare(view) }
        let mean = projection.mean, dimensions = mean.count - 1
        let (vectors, one) = predict(projection.regression.vector, "vector")
        let (biases, other) = predict(projection.regression.bias, "bias")
        let center = graph.constant("mean.vector", shape: [1, dimensions], Array(mean[..<dimensions]))
        let level = graph.constant("mean.bias", shape: [1, 1], [mean[dimensions]])
        graph.output(
            graph.node("Add", vectors, center), as: "vector", width: dimensions, "The item's vector.")
        graph.output(
            graph.node("Add", biases, level), as: "bias", width: 1, "The score for the average user.")
        graph.output(
            graph.node("Add", one, other), as: "variance", width: 1,
            "Expected squared error of the item's score, over users.")
    }

    private mutating func declare(_ view: String) {
        guard let rows = projection.support.items[view] else { return }
        switch rows {
        case .terms:
            inputs[view] = graph.input(
                view, width: rows.width, "Weights of terms, scaled to unit length; zero: unknown.")
        case .points:
            inputs[view] = graph.input(view, width: rows.width, "A point; any where the content is missing.")
            inputs[view + Self.present] = graph.input(
                view + Self.present, width: 1, "1, or 0: the content is missing.")
        }
    }

    static let present = ".present"
    /// In front, as the name of a column may end in anything, and no view begins like this.
    private static let support = "support."

    /// Outputs, spread by the gain, without the mean; and the variance, items × 1.
    private mutating func predict(
        _ regression: KernelRegression, _ name: String
    ) -> (outputs: ONNXGraph.Value, variance: ONNXGraph.Value) {
        let similarity = sum(regression.kernels, name)
        var coefficients = regression.coefficients
        for index in coefficients.elements.indices { coefficients.elements[index] *= projection.gain }
        let outputs = graph.node(
            "MatMul", similarity, graph.constant(name + ".coefficients", coefficients))
        let support = regression.supportVariance
        let features = graph.node("MatMul", similarity, inverse(support.prior, name + ".prior"))
        var explained = graph.rowSums(graph.node("Mul", features, features))
        if let posterior = support.posterior {
            let uncertain = graph.node("MatMul", features, inverse(posterior, name + ".posterior"))
            let share = graph.rowSums(graph.node("Mul", uncertain, uncertain))
            explained = graph.node(
                "Sub", explained, graph.node("Mul", share, graph.constant(name + ".noise", support.noise)))
        }
        let prior = graph.constant(
            name + ".prior_variance", regression.kernels.priorVariance + support.noise)
        let left = graph.node("Max", graph.node("Sub", prior, explained), zero)
        return (outputs, graph.node("Mul", left, graph.constant(name + ".variance", regression.variance)))
    }

    /// L⁻ᵀ, by which a row of similarities becomes (L⁻¹ k)ᵀ: ONNX has no triangular solve.
    private mutating func inverse(_ factor: Cholesky, _ name: String) -> ONNXGraph.Value {
        let order = factor.lower.rows
        var identity = Matrix(rows: order, columns: order)
        for row in 0..<order { identity[row, row] = 1 }
        return graph.constant(name, factor.solveLower(identity, pool: pool).transposed)
    }

    /// Σ w_k K_k, items × support.
    private mutating func sum(_ kernels: WeightedKernels, _ name: String) -> ONNXGraph.Value {
        var sum: ONNXGraph.Value?
        for (index, (kernel, weight)) in zip(kernels.kernels, kernels.weights).enumerated() {
            var product = graph.constant("\(name).weight\(index)", weight)
            for factor in kernel.factors { product = graph.node("Mul", product, similarity(factor)) }
            sum = sum.map { graph.node("Add", $0, product) } ?? product
        }
        return sum ?? zero
    }

    private mutating func similarity(_ factor: KernelFactor) -> ONNXGraph.Value {
        if let known = factors[factor] { return known }
        guard let rows = projection.support.items[factor.view], let input = inputs[factor.view] else {
            preconditionFailure("kernel over '\(factor.view)' does not fit its view")
        }
        let result: ONNXGraph.Value
        switch (rows, factor.form) {
        case (.terms(let terms), .cosine):
            result = graph.node(
                "MatMul", input, graph.constant(Self.support + factor.view, terms.dense.transposed))
        case (.points(let points, let present), .gaussian(let scale)):
            let distance = distances[factor.view] ?? squaredDistances(input, points, factor.view)
            distances[factor.view] = distance
            let rate = graph.constant(
                "\(factor.view).rate\(factors.count)", -1 / max(scale, .leastNormalMagnitude))
            let near = graph.node("Exp", graph.node("Mul", distance, rate))
            let known = graph.constant(
                "\(factor.view).known\(factors.count)", shape: [1, present.count], present.map { $0 ? 1 : 0 })
            let both = inputs[factor.view + Self.present].map { graph.node("Mul", $0, known) } ?? known
            result = graph.node("Mul", near, both)
        default:
            preconditionFailure("kernel over '\(factor.view)' does not fit its view")
        }
        factors[factor] = result
        return result
    }

    /// |x|² + |y|² − 2 x·y, never negative.
    private mutating func squaredDistances(
        _ input: ONNXGraph.Value, _ points: Matrix, _ view: String
    ) -> ONNXGraph.Value {
        let two = graph.constant(view + ".two", 2)
        let lengths = graph.constant(view + ".lengths", shape: [1, points.rows], points.squaredRowLengths)
        let products = graph.node("MatMul", input, graph.constant(Self.support + view, points.transposed))
        let own = graph.rowSums(graph.node("Mul", input, input))
        let sums = graph.node("Add", own, lengths)
        return graph.node("Max", graph.node("Sub", sums, graph.node("Mul", products, two)), zero)
    }
}

extension SparseRows {
    /// rows × width, with what is not there as zero.
    var dense: Matrix {
        var dense = Matrix(rows: count, columns: width)
        for row in 0..<count {
            for entry in starts[row]..<starts[row + 1] { dense[row, Int(columns[entry])] += values[entry] }
        }
        return dense
    }
}
