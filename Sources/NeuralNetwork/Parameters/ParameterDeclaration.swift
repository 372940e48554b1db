/// What a layer says of one of its parameters.
public struct ParameterDeclaration: Sendable, Equatable {
    /// Unique within the layer: `weights`, `bias`.
    public var name: String
    /// Extents, row-major.
    public var shape: [Int]
    /// How it starts.
    public var initialisation: ParameterInitialisation
    /// Whether weight decay pulls it towards zero; usual for weights, not for biases.
    public var decays: Bool

    /// A parameter of that name and shape.
    public init(_ name: String, shape: [Int], _ initialisation: ParameterInitialisation, decays: Bool) {
        self.name = name
        self.shape = shape
        self.initialisation = initialisation
        self.decays = decays
    }

    /// Number of values.
    public var count: Int { shape.reduce(1, *) }
}
