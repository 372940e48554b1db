package import FloatKernels

extension CategoricalFields {
    /// Ends a string, and a field: bytes that do not occur in UTF-8.
    private static let endOfString: UInt8 = 0xFF, endOfField: UInt8 = 0xFE

    /// What a model file keeps, as a user encoder's tensors are matrices: the bytes of all names and values, and the
    /// bounds of all intervals, as many as the field's string says.
    package var tensors: [String: Matrix] {
        var (bytes, bounds) = ([UInt8](), [Float]())
        for field in fields {
            var strings = [field.name]
            switch field.codes {
            case .values(let values): strings += values
            case .intervals(let own):
                strings += ["", "\(own.count)"]
                bounds += own
            }
            for string in strings { bytes += Array(string.utf8) + [Self.endOfString] }
            bytes.append(Self.endOfField)
        }
        return [
            "fields": Matrix(rows: 1, columns: bytes.count, elements: bytes.map(Float.init)),
            "bounds": Matrix(rows: 1, columns: bounds.count, elements: bounds),
        ]
    }

    /// The fields that wrote `tensors`; nil where these are something else.
    package init?(tensors: [String: Matrix]) {
        guard let text = tensors["fields"], var bounds = tensors["bounds"]?.elements[...] else { return nil }
        let bytes = text.elements.compactMap(UInt8.init(exactly:))
        guard bytes.count == text.elements.count else { return nil }
        var fields: [CategoricalField] = []
        for part in bytes.split(separator: Self.endOfField) {
            var strings = part.split(separator: Self.endOfString, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard strings.popLast() != nil, strings.count >= 2 else { return nil }
            let name = strings.removeFirst()
            if strings.count == 2, strings[0].isEmpty, let count = Int(strings[1]) {
                guard count >= 0, count <= bounds.count else { return nil }
                fields.append(.init(name: name, codes: .intervals(Array(bounds.prefix(count)))))
                bounds = bounds.dropFirst(count)
            } else {
                fields.append(.init(name: name, codes: .values(strings)))
            }
        }
        self.init(fields)
    }
}
