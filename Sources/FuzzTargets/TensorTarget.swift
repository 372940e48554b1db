import Diagnostics
import FloatKernels
import NeuralNetwork
import Recommendation

/// Files of tensors: the header, every tensor by every way of reading it, and vectors of items.
enum TensorTarget {
    static func run(_ bytes: [UInt8]) throws {
        let path = try ScratchFolder.shared.write(bytes, to: "vectors.safetensors")
        let file = try TensorFile(path: path)
        for name in file.names {
            let shape = try file.shape(name)
            let (count, overflow) = shape.reduce((1, false)) { product, extent in
                let (next, overflow) = product.0.multipliedReportingOverflow(by: extent)
                return (next, overflow || product.1)
            }
            precondition(!overflow && count <= bytes.count, "\(name) is larger than its file")
            read { try file.numbers(name).count == count }
            read { try file.floats(name).count == count }
            read { try file.int32s(name).count == count }
            read { try file.int64s(name).count == count }
            read { try file.bytes(name).count == count }
            read { try file.matrix(name).elements.count == count }
            if name.hasSuffix(".bytes") {
                read { try file.strings(String(name.dropLast(6))).count <= bytes.count }
            }
        }
        read {
            try file.verifyAll()
            return true
        }
        check(try VectorFile(.items, path: path).contents)
    }

    /// Reads in one way: all of it, or an error that leaves the other ways to be tried.
    private static func read(_ isWhole: () throws -> Bool) {
        do {
            let isWhole = try isWhole()
            precondition(isWhole, "a part of a tensor was read")
        } catch {
            precondition(error is Diagnostic, "an error that no person can act on: \(error)")
        }
    }

    /// That vectors are what `VectorFile` says they are.
    static func check(_ vectors: NamedVectors) {
        precondition(vectors.count > 0 && Set(vectors.ids).count == vectors.count, "ids are some, and unique")
        precondition(vectors.vectors.elements.allSatisfy(\.isFinite), "a number is not finite")
        precondition(vectors.biases?.allSatisfy(\.isFinite) ?? true, "a bias is not finite")
    }
}
