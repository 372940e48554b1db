import Diagnostics
public import FloatKernels

/// A computation as other programs read it: nodes of the ONNX operator set 17 over named values, and the constants among them.
///
/// Numbers of fields and of types are those of `onnx.proto` (ONNX 1.12 and later, IR version 8). Values are 32-bit floats, and the first axis
/// of every input and output is the items of a batch, of any number.
public struct ONNXGraph: Sendable {
    /// A value by its name.
    public struct Value: Sendable {
        let name: String
    }

    private static let operators = 17, intermediateVersion = 8
    private static let float32 = 1, int64 = 7
    /// Protocol Buffers count the bytes of a message in 31 bits.
    private static let largest = Int(Int32.max)

    private let name: String
    private let documentation: String
    private var inputs: [ProtocolBuffer] = []
    private var outputs: [ProtocolBuffer] = []
    private var nodes: [ProtocolBuffer] = []
    private var constants: [ProtocolBuffer] = []

    /// A graph of nothing yet; whoever opens the file finds `documentation` in it.
    public init(name: String, documentation: String) {
        self.name = name
        self.documentation = documentation
    }

    /// An input, items × width.
    public mutating func input(_ name: String, width: Int, _ documentation: String) -> Value {
        inputs.append(Self.declaration(name, width: width, documentation))
        return Value(name: name)
    }

    /// Gives a value, items × width, out under a name.
    public mutating func output(_ value: Value, as name: String, width: Int, _ documentation: String) {
        var node = ProtocolBuffer()
        node.add(1, text: value.name)
        node.add(2, text: name)
        node.add(3, text: name)
        node.add(4, text: "Identity")
        nodes.append(node)
        outputs.append(Self.declaration(name, width: width, documentation))
    }

    /// A constant of that shape, row-major.
    public mutating func constant(_ name: String, shape: [Int], _ floats: [Float]) -> Value {
        precondition(floats.count == shape.reduce(1, *), "a number for every place")
        return floats.withUnsafeBytes { constant(name, shape, Self.float32, $0) }
    }

    /// A constant of rows × columns.
    public mutating func constant(_ name: String, _ matrix: Matrix) -> Value {
        constant(name, shape: [matrix.rows, matrix.columns], matrix.elements)
    }

    /// One number.
    public mutating func constant(_ name: String, _ number: Float) -> Value {
        constant(name, shape: [], [number])
    }

    /// What an operator makes of values.
    public mutating func node(_ operation: String, _ operands: Value...) -> Value {
        let result = Value(name: "v\(nodes.count)")
        var node = ProtocolBuffer()
        for operand in operands { node.add(1, text: operand.name) }
        node.add(2, text: result.name)
        node.add(3, text: "\(operation)_\(nodes.count)")
        node.add(4, text: operation)
        nodes.append(node)
        return result
    }

    /// The sums of the rows, items × 1.
    public mutating func rowSums(_ value: Value) -> Value {
        let axes = [Int64(1)].withUnsafeBytes { constant("axes\(nodes.count)", [1], Self.int64, $0) }
        return node("ReduceSum", value, axes)
    }

    /// Writes the file whole, or not at all.
    ///
    /// - Throws: `export.too_large` beyond what the format can hold, `model.…` where disk or folder do not let it.
    public func write(to path: String, producer: String) throws {
        let bytes = model(producer)
        guard bytes.count < Self.largest else {
            throw Diagnostic(
                .other, code: "export.too_large",
                "the model would be \(bytes.count) bytes, and ONNX holds 2 GiB",
                at: .init(file: path), fix: "export it as safetensors")
        }
        try DurableFile.replace(path, with: bytes)
    }

    private func model(_ producer: String) -> [UInt8] {
        var version = ProtocolBuffer()
        version.add(1, text: "")
        version.add(2, integer: Self.operators)
        var model = ProtocolBuffer()
        model.add(1, integer: Self.intermediateVersion)
        model.add(2, text: "coldstart")
        model.add(3, text: producer)
        model.add(6, text: documentation)
        model.add(7, bytes: graph())
        model.add(8, message: version)
        return model.bytes
    }

    private func graph() -> [UInt8] {
        var graph = ProtocolBuffer()
        for node in nodes { graph.add(1, message: node) }
        graph.add(2, text: name)
        for constant in constants { graph.add(5, message: constant) }
        for input in inputs { graph.add(11, message: input) }
        for output in outputs { graph.add(12, message: output) }
        return graph.bytes
    }

    private mutating func constant(
        _ name: String, _ shape: [Int], _ type: Int, _ bytes: UnsafeRawBufferPointer
    ) -> Value {
        var tensor = ProtocolBuffer()
        if !shape.isEmpty { tensor.add(1, packed: shape) }
        tensor.add(2, integer: type)
        tensor.add(8, text: name)
        // Little endian, as all that this is built for.
        tensor.add(9, bytes: bytes)
        constants.append(tensor)
        return Value(name: name)
    }

    private static func declaration(_ name: String, width: Int, _ documentation: String) -> ProtocolBuffer {
        var (items, columns) = (ProtocolBuffer(), ProtocolBuffer())
        items.add(2, text: "items")
        columns.add(1, integer: width)
        var shape = ProtocolBuffer(), tensor = ProtocolBuffer(), type = ProtocolBuffer(),
            value = ProtocolBuffer()
        shape.add(1, message: items)
        shape.add(1, message: columns)
        tensor.add(1, integer: float32)
        tensor.add(2, message: shape)
        type.add(1, message: tensor)
        value.add(1, text: name)
        value.add(2, message: type)
        value.add(3, text: documentation)
        return value
    }
}
