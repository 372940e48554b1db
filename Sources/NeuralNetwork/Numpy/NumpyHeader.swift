import Diagnostics

/// What an `npy` file says of its array: the literal of a Python dictionary with the keys `descr`, `fortran_order` and `shape`.
///
/// The format is NumPy's enhancement proposal 1, with the longer headers of version 2 and the UTF-8 of version 3.
struct NumpyHeader: Equatable {
    var format: RealFormat
    var isBigEndian: Bool
    /// Whether the first index runs fastest.
    var isFortranOrder: Bool
    var shape: [Int]

    /// Numbers that the shape asks for; nil where that does not fit an `Int`.
    var count: Int? {
        var count = 1
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            if overflow { return nil }
            count = product
        }
        return count
    }

    /// Reads the dictionary.
    ///
    /// - Throws: `array.header` where it is none, `array.type` for numbers of a kind that is not read.
    init(parsing text: String) throws(Diagnostic) {
        guard let type = Self.value("descr", in: text), let order = Self.value("fortran_order", in: text),
            let shape = Self.value("shape", in: text)
        else { throw .badArray("header", "the header lacks descr, fortran_order or shape") }
        (format, isBigEndian) = try Self.type(type)
        guard order == "True" || order == "False" else {
            throw .badArray("header", "fortran_order is '\(order)', neither True nor False")
        }
        isFortranOrder = order == "True"
        self.shape = try Self.extents(shape)
    }

    init(format: RealFormat, isBigEndian: Bool = false, isFortranOrder: Bool = false, shape: [Int]) {
        self.format = format
        self.isBigEndian = isBigEndian
        self.isFortranOrder = isFortranOrder
        self.shape = shape
    }

    /// The dictionary as NumPy writes it, for 32-bit floats in little-endian C order.
    var text: String {
        let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        return "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents)), }"
    }

    private static func type(_ value: String) throws(Diagnostic) -> (RealFormat, isBigEndian: Bool) {
        let name = value.trimmingQuotes
        let formats: [String: RealFormat] = ["f2": .float16, "f4": .float32, "f8": .float64]
        guard let order = name.first, "<>=".contains(order), let format = formats[String(name.dropFirst())]
        else {
            let isObject = name.contains("O")
            throw .badArray(
                "type",
                isObject
                    ? "the array holds Python objects"
                    : "the array is of type '\(name)', not of real numbers",
                fix: isObject
                    ? "make it an array of equally long rows of numbers: np.stack(list).astype('float32')"
                    : "save it as real numbers: np.save(file, array.astype('float32'))")
        }
        return (format, order == ">")
    }

    private static func extents(_ value: String) throws(Diagnostic) -> [Int] {
        guard value.first == "(", value.last == ")" else {
            throw .badArray("header", "the shape is '\(value)', no tuple")
        }
        var extents: [Int] = []
        for part in value.dropFirst().dropLast().split(separator: ",") {
            let digits = part.filter { $0 != " " }
            if digits.isEmpty { continue }
            guard let extent = Int(digits), extent >= 0 else {
                throw .badArray("header", "the shape is '\(value)', which is not of whole numbers")
            }
            extents.append(extent)
        }
        return extents
    }

    /// What stands behind `'key':`, up to the comma or brace that ends it; a tuple or list as a whole.
    private static func value(_ key: String, in text: String) -> String? {
        for quote in ["'", "\""] {
            let name = Array("\(quote)\(key)\(quote)")
            let characters = Array(text)
            guard characters.count >= name.count,
                let start = (0...(characters.count - name.count)).first(where: {
                    characters[$0..<($0 + name.count)].elementsEqual(name)
                }),
                let colon = characters[(start + name.count)...].firstIndex(of: ":")
            else { continue }
            var depth = 0
            var value = ""
            for character in characters[(colon + 1)...] {
                if depth == 0, character == "," || character == "}" { break }
                if "([{".contains(character) { depth += 1 }
                if ")]}".contains(character) { depth -= 1 }
                value.append(character)
            }
            return String(value.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        return nil
    }
}

extension String {
    fileprivate var trimmingQuotes: String { filter { $0 != "'" && $0 != "\"" } }
}

extension Diagnostic {
    /// An `npy` file whose contents cannot be used; `code` follows `array.`.
    static func badArray(
        _ code: String, _ message: String, fix: String = "save the array again: np.save(file, array)"
    ) -> Diagnostic {
        Diagnostic(.badData, code: "array." + code, message, fix: fix)
    }
}
