/// The element types a tensor file may hold, little endian; the raw value is the format's own name.
public enum TensorType: String, Sendable, CaseIterable {
    case int64 = "I64"
    case float32 = "F32"
    case int32 = "I32"
    case uint8 = "U8"

    /// Bytes an element takes.
    public var width: Int {
        switch self {
        case .int64: 8
        case .float32, .int32: 4
        case .uint8: 1
        }
    }
}
