/// The one table of all parameters of a network: what lies where in the flat buffer.
public struct ParameterTable: Sendable, Equatable {
    /// A parameter's place.
    public struct Row: Sendable, Equatable {
        /// The layer's name, a dot, the parameter's.
        public var name: String
        /// What the layer said of it.
        public var declaration: ParameterDeclaration
        /// Where it lies in the buffer.
        public var range: Range<Int>
    }

    /// In the order of the buffer, without gaps.
    public private(set) var rows: [Row] = []

    /// No parameters.
    public init() {}

    /// Values of the whole buffer.
    public var count: Int { rows.last?.range.upperBound ?? 0 }

    /// Appends a layer's parameters, side by side; answers where the first of them starts.
    public mutating func append(_ declarations: [ParameterDeclaration], layer: String) -> Int {
        let start = count
        for declaration in declarations {
            let name = layer + "." + declaration.name
            precondition(!rows.contains { $0.name == name }, "two parameters are called \(name)")
            rows.append(Row(name: name, declaration: declaration, range: count..<count + declaration.count))
        }
        return start
    }
}
