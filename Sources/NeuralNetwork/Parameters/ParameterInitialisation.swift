public import FloatKernels

/// How a parameter starts.
public enum ParameterInitialisation: Sendable, Equatable {
    /// All of them zero.
    case zeros
    /// Normal deviates of that standard deviation.
    case normal(deviation: Float)

    /// √(2 / fanIn): keeps the variance through layers of rectified linear units (He et al. 2015, equation 10).
    public static func rectified(fanIn: Int) -> ParameterInitialisation {
        .normal(deviation: (2 / Float(max(fanIn, 1))).squareRoot())
    }

    /// Fills `values`.
    public func fill(_ values: UnsafeMutableBufferPointer<Float>, using generator: inout RandomGenerator) {
        switch self {
        case .zeros: values.update(repeating: 0)
        case .normal(let deviation):
            for index in values.indices { values[index] = deviation * generator.normal() }
        }
    }
}
