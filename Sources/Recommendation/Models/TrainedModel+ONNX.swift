public import Catalogue
import ContentProjection
public import Diagnostics
public import FloatKernels
import NeuralNetwork

extension TrainedModel {
    /// Writes the content projection as an ONNX model: from encoded content to vector, bias and variance.
    ///
    /// - Throws: `export.too_large`, and what reading and writing throw.
    public func writeONNX(to path: String, pool: ThreadPool) throws {
        try projection().graph(pool: pool).write(to: path, producer: Release.version)
    }

    /// Writes what that model reads of some items as a safetensors file: a tensor an input, ids in the metadata as `item_ids`, one a line.
    ///
    /// - Throws: `vectors.line_break`, `poster.…` for one that is gone, and what reading and writing throw.
    public func writeInputs(
        of items: [Item], from content: ContentReader, to path: String, pool: ThreadPool, monitor: WorkMonitor
    ) throws {
        var file = TensorFileWriter()
        file.texts["item_ids"] = try VectorExport.lines(items.map(\.id), path, fix: "leave out --inputs")
        try projection().addInputs(
            of: content.records(of: items, monitor: monitor), to: &file, pool: pool, monitor: monitor)
        try file.write(to: path)
    }
}
