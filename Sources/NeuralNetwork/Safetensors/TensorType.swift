/// The element types a tensor file may hold, little endian; the raw value is the format's own name.
public enum TensorType: String, Sendable, CaseIterable {
    case int64 = "I64"
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case int32 = "I32"
    case uint8 = "U8"

    /// Bytes an element takes.
    public var width: Int {
        switch self {
        case .int64, .float64: 8
        case .float32, .int32: 4
        case .float16: 2
        case .uint8: 1
        }
    }
    /// The kind of number, where elements are real numbers.
    var realFormat: RealFormat? {
        switch self {
        case .float64: .float64
        case .float32: .float32
        case .float16: .float16
        case .int64, .int32, .uint8: nil
        }
    }
}
