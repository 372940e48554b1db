import FloatKernels
public import NeuralNetwork

extension ContentProjection {
    /// Adds everything to a model file, under `projection.`.
    public func write(to file: inout TensorFileWriter) {
        encoder.write(to: &file, as: "projection.encoder")
        kernels.write(to: &file, as: "projection.kernels")
        support.write(to: &file, as: "projection.support")
        link.write(to: &file, as: "projection.link")
        supportVariance.write(to: &file, as: "projection.support_variance")
        file.add("projection.variance", shape: [1], floats: [variance])
        file.add("projection.gain", shape: [1], floats: [gain])
        file.add("projection.mean", shape: [mean.count], floats: mean)
        file.add("projection.coefficients", matrix: coefficients)
    }

    /// Reads what `write` wrote.
    ///
    /// - Throws: `Diagnostic` `model.…` where the file is damaged or its parts do not fit each other.
    public init(from file: TensorFile) throws {
        encoder = try ContentEncoder(from: file, "projection.encoder")
        kernels = try WeightedKernels(from: file, "projection.kernels")
        support = try EncodedItems(from: file, "projection.support")
        link = try FameLink(from: file, "projection.link")
        supportVariance = try SupportVariance(
            from: file, "projection.support_variance", count: support.count)
        variance = try file.floats("projection.variance", shape: [1])[0]
        gain = try file.floats("projection.gain", shape: [1])[0]
        mean = try file.floats("projection.mean")
        coefficients = try file.matrix("projection.coefficients")
        try file.require(
            coefficients.rows == support.count && coefficients.columns == mean.count + 1,
            "projection.coefficients", "has a row for every item that is compared with")
        try file.require(link.mean.count == mean.count, "projection.link", "has a mean for every output")
        let widths = encoder.viewWidths
        try file.require(
            support.views.allSatisfy { widths[$0.key] == $0.value.width }, "projection.support",
            "is as wide as its encoder makes it")
        for factor in kernels.kernels.flatMap(\.factors) {
            let isSound =
                switch (support[factor.view], factor.form) {
                case (.terms?, .cosine), (.points?, .gaussian): true
                default: false
                }
            try file.require(isSound, "projection.kernels", "names views that exist")
        }
    }
}
