import Diagnostics

extension Diagnostic {
    /// A model file whose contents cannot be used; `code` follows `model.`.
    static func badModel(_ code: String, _ message: String) -> Diagnostic {
        Diagnostic(
            .badData, code: "model." + code, message,
            fix:
                "copy the file again from where it came, activate an earlier model version, or train a new one"
        )
    }
}
