/// A message in the wire format of Protocol Buffers, as it is written: fields one after the other, each a tag and a value.
///
/// Source: the encoding guide of Protocol Buffers. Of its wire types only the two are here that ONNX's messages need: 0, an integer
/// in groups of seven bits, the lowest first, and 2, a length and as many bytes.
struct ProtocolBuffer {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ field: Int, integer: Int) {
        tag(field, 0)
        variable(UInt64(bitPattern: Int64(integer)))
    }

    mutating func add(_ field: Int, text: String) { add(field, bytes: Array(text.utf8)) }

    mutating func add(_ field: Int, message: ProtocolBuffer) { add(field, bytes: message.bytes) }

    /// Integers in one field.
    mutating func add(_ field: Int, packed integers: [Int]) {
        var values = ProtocolBuffer()
        for integer in integers { values.variable(UInt64(bitPattern: Int64(integer))) }
        add(field, bytes: values.bytes)
    }

    mutating func add(_ field: Int, bytes contents: some Collection<UInt8>) {
        tag(field, 2)
        variable(UInt64(contents.count))
        bytes.append(contentsOf: contents)
    }

    private mutating func tag(_ field: Int, _ wireType: UInt64) { variable(UInt64(field) << 3 | wireType) }

    private mutating func variable(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
