import FloatKernels
import NeuralNetwork
import Recommendation

/// Arrays in NumPy's format, and vectors of items from them.
enum NumpyTarget {
    static func run(_ bytes: [UInt8]) throws {
        let path = try ScratchFolder.shared.write(bytes, to: "vectors.npy")
        let array = try NumpyFile(path: path)
        let matrix = try array.matrix()
        precondition(matrix.elements.count <= bytes.count, "more numbers than the file has bytes")
        precondition(
            matrix.rows == array.shape[0] && matrix.columns == (array.shape.count == 2 ? array.shape[1] : 1),
            "a matrix of another shape than the file says")
        // Rows of nothing can be any number.
        guard matrix.rows <= bytes.count else { return }
        let ids = (0..<matrix.rows).map { "i\($0)\n" }.joined()
        let idsPath = try ScratchFolder.shared.write(Array(ids.utf8), to: "ids.txt")
        TensorTarget.check(try VectorFile(.items, path: path, idsPath: idsPath).contents)
    }
}
