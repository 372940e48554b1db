import Diagnostics

/// A kind of file that holds vectors.
public enum VectorFormat: String, Sendable, CaseIterable {
    /// NumPy's array format; ids and biases lie in files beside it.
    case npy
    /// Named tensors, with the ids in the metadata.
    case safetensors
    /// A header line, then a line for every vector: its id, and as many numbers as there are dimensions.
    case csv

    /// The format that a file's name says.
    ///
    /// - Throws: `vectors.format` for another name.
    public init(ofFile path: String) throws {
        let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        guard let format = VectorFormat(rawValue: ending), format == .csv || name == path else {
            throw Diagnostic(
                .usage, code: "vectors.format", "the name does not say what kind of file this is",
                at: .init(file: path),
                fix: "give a file that ends in .npy, .safetensors, .csv or .csv.gz")
        }
        self = format
    }
}

/// Whose vectors a file holds.
public enum VectorKind: String, Sendable {
    case items, users

    /// `item` or `user`: ids and biases are called after it in files.
    var singular: String { String(rawValue.dropLast()) }
}
