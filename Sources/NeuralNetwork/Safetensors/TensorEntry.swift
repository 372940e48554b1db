/// One row of a tensor file's table: what the tensor is and where it lies in the data block.
struct TensorEntry: Sendable, Equatable {
    var name: String
    var type: TensorType
    var shape: [Int]
    /// Bytes, counted from the start of the data block.
    var range: Range<Int>

    /// Bytes that the shape asks for; nil where that does not fit an `Int`.
    var expectedByteCount: Int? {
        var count = type.width
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            if overflow { return nil }
            count = product
        }
        return count
    }
}
