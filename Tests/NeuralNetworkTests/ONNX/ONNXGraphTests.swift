import FloatKernels
import Foundation
import NeuralNetwork
import Testing

/// The bytes of an ONNX file, read as the encoding guide of Protocol Buffers says. That other programs compute the same with it is shown
/// by `Scripts/test-interchange`.
@Suite struct ONNXGraphTests {
    /// Fields of a message: number, and an integer or bytes.
    private struct Message {
        var integers: [Int: [UInt64]] = [:]
        var parts: [Int: [[UInt8]]] = [:]

        init(_ bytes: [UInt8]) throws {
            var rest = bytes[...]
            func variable() throws -> UInt64 {
                var (value, shift) = (UInt64(0), UInt64(0))
                while true {
                    let first = rest.popFirst()
                    let byte = try #require(first)
                    value |= UInt64(byte & 0x7F) << shift
                    if byte < 0x80 { return value }
                    shift += 7
                }
            }
            while !rest.isEmpty {
                let tag = try variable()
                let field = Int(tag >> 3)
                switch tag & 7 {
                case 0: integers[field, default: []].append(try variable())
                case 2:
                    let count = Int(try variable())
                    try #require(count <= rest.count)
                    parts[field, default: []].append(Array(rest.prefix(count)))
                    rest = rest.dropFirst(count)
                default: Issue.record("wire type \(tag & 7)")
                }
            }
        }

        func text(_ field: Int) -> String { String(decoding: parts[field]?.first ?? [], as: UTF8.self) }
        func message(_ field: Int) throws -> Message { try Message(try #require(parts[field]?.first)) }
    }

    @Test func aGraphIsWrittenWithItsNodesConstantsAndShapes() throws {
        var graph = ONNXGraph(name: "g", documentation: "what it is")
        let x = graph.input("x", width: 300, "words")
        // More than 127 of something takes a second byte.
        let weights = Matrix(rows: 300, columns: 2, elements: (0..<600).map { Float($0) - 3.5 })
        let product = graph.node("MatMul", x, graph.constant("weights", weights))
        graph.output(graph.rowSums(product), as: "y", width: 1, "sums")
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).onnx").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try graph.write(to: path, producer: "0.1")

        let model = try Message([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        #expect(model.integers[1] == [8] && model.text(2) == "coldstart" && model.text(6) == "what it is")
        #expect(try model.message(8).integers[2] == [17])
        let written = try model.message(7)
        let nodes = try (written.parts[1] ?? []).map(Message.init)
        #expect(nodes.map { $0.text(4) } == ["MatMul", "ReduceSum", "Identity"])
        #expect(nodes[0].parts[1]?.map { String(decoding: $0, as: UTF8.self) } == ["x", "weights"])
        #expect(nodes[1].parts[1]?.first == nodes[0].parts[2]?.first)
        let constant = try #require(
            (written.parts[5] ?? []).map(Message.init).first { $0.text(8) == "weights" })
        // 300 is 0xAC 0x02 in groups of seven bits.
        #expect(constant.parts[1] == [[0xAC, 0x02, 0x02]] && constant.integers[2] == [1])
        let raw = try #require(constant.parts[9]?.first)
        #expect(raw.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) } == weights.elements)
        let shape = try written.message(11).message(2).message(1).message(2)
        let axes = try (shape.parts[1] ?? []).map(Message.init)
        #expect(axes.first?.text(2) == "items" && axes.last?.integers[1] == [300])
        #expect(try written.message(12).text(1) == "y")
    }
}
