import FloatKernels
public import NeuralNetwork

extension ContentProjection {
    /// Adds everything to a model file, under `projection.`.
    public func write(to file: inout TensorFileWriter) {
        encoder.write(to: &file, as: "projection.encoder")
        support.items.write(to: &file, as: "projection.support")
        regression.write(to: &file, as: "projection.regression")
        file.add("projection.gain", shape: [1], floats: [gain])
        file.add("projection.mean", shape: [mean.count], floats: mean)
    }

    /// Reads what `write` wrote.
    ///
    /// - Throws: `Diagnostic` `model.…` where the file is damaged or its parts do not fit each other.
    public init(from file: TensorFile) throws {
        encoder = try ContentEncoder(from: file, "projection.encoder")
        let support = try EncodedItems(from: file, "projection.support")
        gain = try file.floats("projection.gain", shape: [1])[0]
        mean = try file.floats("projection.mean")
        try file.require(mean.count > 1, "projection.mean", "has a vector and a bias")
        let widths = encoder.viewWidths
        try file.require(
            support.views.allSatisfy { widths[$0.key] == $0.value.width }, "projection.support",
            "is as wide as its encoder makes it")
        regression = try PlacementRegression(
            from: file, "projection.regression", support: support, outputs: mean.count)
        self.support = KernelSupport(support, views: regression.views)
    }
}
