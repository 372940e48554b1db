import ColdStartService
import Diagnostics

/// A part of the program that reads what others wrote, to be fed with any bytes.
///
/// Bad input is answered with a `Diagnostic` or a `Problem`, and that is well. What is not: a trap, any other error, a
/// promise that does not hold (which traps here), memory or time out of proportion (which libFuzzer's limits find).
package enum FuzzTarget: String, CaseIterable, Sendable {
    case poster
    case safetensors
    case npy
    case csv
    case catalogue
    case query
    case form
    case tokenizer

    /// Reads `bytes` as the target does.
    package func run(_ bytes: [UInt8]) {
        do {
            switch self {
            case .poster: try PosterTarget.run(bytes)
            case .safetensors: try TensorTarget.run(bytes)
            case .npy: try NumpyTarget.run(bytes)
            case .csv: try CSVTarget.run(bytes)
            case .catalogue: try CatalogueTarget.run(bytes)
            case .query: try QueryTarget.run(bytes)
            case .form: try FormTarget.run(bytes)
            case .tokenizer: TokenizerTarget.run(bytes)
            }
        } catch is Diagnostic {
        } catch is Problem {
        } catch {
            preconditionFailure("an error that no person can act on: \(error)")
        }
    }
}
