/// Where an item table, or its gradient, lies in the buffer of all parameters.
package struct ItemPointers {
    /// items × d.
    package let vectors: UnsafeMutablePointer<Float>
    /// One an item.
    package let biases: UnsafeMutablePointer<Float>

    /// A table from its parts.
    package init(vectors: UnsafeMutablePointer<Float>, biases: UnsafeMutablePointer<Float>) {
        self.vectors = vectors
        self.biases = biases
    }
}
