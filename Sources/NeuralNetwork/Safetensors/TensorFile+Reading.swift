public import Diagnostics
public import FloatKernels

/// Tensors as arrays. Each throws `Diagnostic`: `model.tensor` for a tensor that is missing or of another type or
/// shape, `model.checksum` for a damaged one. In a shape, nil stands for any extent; without a shape any will do.
extension TensorFile {
    /// A tensor of 32-bit floats, row-major.
    public func floats(_ name: String, shape: [Int?]? = nil) throws(Diagnostic) -> [Float] {
        copy(try bytes(name, as: .float32, shape: shape), zero: 0)
    }

    /// A tensor of 32-bit floats in two dimensions.
    public func matrix(_ name: String) throws(Diagnostic) -> Matrix {
        let elements = try floats(name, shape: [nil, nil])
        let shape = try shape(name)
        return Matrix(rows: shape[0], columns: shape[1], elements: elements)
    }

    /// A tensor of real numbers of 16, 32 or 64 bits, row-major, rounded to 32.
    public func numbers(_ name: String, shape: [Int?]? = nil) throws(Diagnostic) -> [Float] {
        let type = try type(of: name)
        guard let format = type.realFormat else {
            throw failure(
                "tensor", "tensor \"\(name)\" is of type \(type.rawValue), not of real numbers")
        }
        return format.decode(try bytes(name, as: type, shape: shape))
    }

    /// A tensor of 32-bit integers, row-major.
    public func int32s(_ name: String, shape: [Int?]? = nil) throws(Diagnostic) -> [Int32] {
        copy(try bytes(name, as: .int32, shape: shape), zero: 0)
    }

    /// A tensor of 64-bit integers, row-major.
    public func int64s(_ name: String, shape: [Int?]? = nil) throws(Diagnostic) -> [Int64] {
        copy(try bytes(name, as: .int64, shape: shape), zero: 0)
    }

    /// A tensor of bytes.
    public func bytes(_ name: String, shape: [Int?]? = nil) throws(Diagnostic) -> [UInt8] {
        copy(try bytes(name, as: .uint8, shape: shape), zero: 0)
    }

    /// Texts, as `TensorFileWriter.add(_:strings:)` stored them.
    public func strings(_ name: String) throws(Diagnostic) -> [String] {
        let bytes = try bytes(name + ".bytes", as: .uint8, shape: [nil])
        let offsets = try int64s(name + ".offsets", shape: [nil])
        let ascends = zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }
        guard offsets.first == 0, offsets.last == Int64(bytes.count), ascends else {
            throw failure("tensor", "the offsets \"\(name).offsets\" do not divide \"\(name).bytes\"")
        }
        var result: [String] = []
        result.reserveCapacity(offsets.count - 1)
        for (start, end) in zip(offsets, offsets.dropFirst()) {
            guard let text = String(validating: bytes[Int(start)..<Int(end)], as: UTF8.self) else {
                throw failure("tensor", "text \(result.count) of \"\(name)\" is not UTF-8")
            }
            result.append(text)
        }
        return result
    }

    /// A tensor of 32-bit floats without a copy: the buffer lies in the mapping and holds during `body` only.
    public func withFloats<R>(
        _ name: String, shape: [Int?]? = nil, _ body: (UnsafeBufferPointer<Float>) throws -> R
    ) throws -> R {
        let bytes = try bytes(name, as: .float32, shape: shape)
        if let start = bytes.baseAddress, UInt(bitPattern: start) % 4 != 0 {
            return try copy(bytes, zero: Float(0)).withUnsafeBufferPointer(body)
        }
        return try withExtendedLifetime(self) { try body(bytes.bindMemory(to: Float.self)) }
    }

    /// Copies elements whatever their alignment, which files of other programs do not promise.
    private func copy<T: BitwiseCopyable>(_ bytes: UnsafeRawBufferPointer, zero: T) -> [T] {
        var result = [T](repeating: zero, count: bytes.count / MemoryLayout<T>.stride)
        result.withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
        return result
    }
}
