import Diagnostics

/// Reads the JSON of a tensor file's header.
///
/// Accepts that one structure only (an object of objects, no recursion), each key once, whole numbers without sign,
/// valid UTF-8; answers anything else, over any bytes, with an error. Memory and time are linear in the bytes.
struct TensorHeaderParser: ~Copyable {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The whole header; entries in name order.
    mutating func parse() throws(Diagnostic) -> TensorHeader {
        var entries: [String: TensorEntry] = [:]
        var metadata: [String: String]?
        try parseObject { (parser, key) throws(Diagnostic) in
            if key == "__metadata__" {
                guard metadata == nil else { throw parser.error("\"__metadata__\" occurs twice") }
                metadata = try parser.parseMetadata()
            } else {
                guard entries[key] == nil else { throw parser.error("tensor \"\(key)\" occurs twice") }
                entries[key] = try parser.parseEntry(name: key)
            }
        }
        while position < bytes.count {
            // What the format pads with: any other byte is damage, if only of white space.
            guard bytes[position] == 0x20 else { throw error("text after the end") }
            position += 1
        }
        let inOrder = entries.values.sorted { $0.name < $1.name }
        return TensorHeader(entries: inOrder, metadata: metadata ?? [:])
    }

    private mutating func parseMetadata() throws(Diagnostic) -> [String: String] {
        var result: [String: String] = [:]
        try parseObject { (parser, key) throws(Diagnostic) in
            guard result[key] == nil else { throw parser.error("key \"\(key)\" occurs twice") }
            result[key] = try parser.parseString()
        }
        return result
    }

    private mutating func parseEntry(name: String) throws(Diagnostic) -> TensorEntry {
        var type: TensorType?
        var shape: [Int]?
        var offsets: [Int]?
        try parseObject { (parser, key) throws(Diagnostic) in
            switch key {
            case "dtype" where type == nil: type = try parser.parseType(of: name)
            case "shape" where shape == nil: shape = try parser.parseIntegers()
            case "data_offsets" where offsets == nil: offsets = try parser.parseIntegers()
            default: throw parser.error("unexpected key \"\(key)\" of tensor \"\(name)\"")
            }
        }
        guard let type, let shape, let offsets else {
            throw error("tensor \"\(name)\" lacks its type, shape or offsets")
        }
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw error("tensor \"\(name)\" has offsets \(offsets)")
        }
        return TensorEntry(name: name, type: type, shape: shape, range: offsets[0]..<offsets[1])
    }

    private mutating func parseType(of name: String) throws(Diagnostic) -> TensorType {
        let text = try parseString()
        guard let type = TensorType(rawValue: text) else {
            let known = TensorType.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("tensor \"\(name)\" is of type \"\(text)\", which is none of \(known)")
        }
        return type
    }

    /// `{` key `:` value `,` … `}`; `value` reads the value.
    private mutating func parseObject(
        _ value: (inout TensorHeaderParser, String) throws(Diagnostic) -> Void
    ) throws(Diagnostic) {
        try expect(UInt8(ascii: "{"))
        if accept(UInt8(ascii: "}")) { return }
        repeat {
            let key = try parseString()
            try expect(UInt8(ascii: ":"))
            try value(&self, key)
        } while accept(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    private mutating func parseIntegers() throws(Diagnostic) -> [Int] {
        var result: [Int] = []
        try expect(UInt8(ascii: "["))
        if accept(UInt8(ascii: "]")) { return result }
        repeat { result.append(try parseInteger()) } while accept(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return result
    }

    private mutating func parseInteger() throws(Diagnostic) -> Int {
        skipSpace()
        let start = position
        while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 { position += 1 }
        let hasLeadingZero = position - start > 1 && bytes[start] == 0x30
        guard !hasLeadingZero, let value = Int(String(decoding: bytes[start..<position], as: UTF8.self))
        else {
            throw error("a whole number expected")
        }
        return value
    }

    private mutating func parseString() throws(Diagnostic) -> String {
        try expect(UInt8(ascii: "\""))
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("text is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): text += try parseEscape()
            case 0..<0x20: throw error("a control character in a text")
            default: text.append(byte)
            }
        }
        throw error("a text without end")
    }

    /// What follows a backslash, in UTF-8.
    private mutating func parseEscape() throws(Diagnostic) -> [UInt8] {
        guard position < bytes.count else { throw error("a text without end") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try parseCodePoint()
        default: throw error("an unknown escape in a text")
        }
    }

    private mutating func parseCodePoint() throws(Diagnostic) -> [UInt8] {
        var units = [try parseHexadecimal()]
        if UTF16.isLeadSurrogate(units[0]) {
            guard bytes[position...].starts(with: Array("\\u".utf8)) else {
                throw error("half a surrogate pair")
            }
            position += 2
            units.append(try parseHexadecimal())
        }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw error("half a surrogate pair")
        }
        return Array(text.utf8)
    }

    private mutating func parseHexadecimal() throws(Diagnostic) -> UInt16 {
        guard position + 4 <= bytes.count else { throw error("a text without end") }
        var value: UInt16 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw error("four hexadecimal digits expected")
            }
            value = value << 4 | UInt16(digit)
        }
        position += 4
        return value
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D
    }

    private mutating func skipSpace() {
        while position < bytes.count, isSpace(bytes[position]) { position += 1 }
    }

    private mutating func accept(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(Diagnostic) {
        if !accept(byte) { throw error("\"\(Character(UnicodeScalar(byte)))\" expected") }
    }

    private func error(_ message: String) -> Diagnostic {
        .badModel("header", "the header is damaged at its byte \(position): \(message)")
    }
}
