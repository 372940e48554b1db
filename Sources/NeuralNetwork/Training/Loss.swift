/// What training makes small: a function of one example's outputs and targets.
public protocol Loss: Sendable {
    /// The loss of one example; writes ∂loss/∂outputs into `gradient`. A NaN target costs nothing.
    func evaluate(
        outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>,
        gradient: UnsafeMutableBufferPointer<Float>
    ) -> Float
}
