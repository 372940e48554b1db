extension Network {
    /// Mean loss of all examples and its gradient by every parameter, without dropout: for gradient checks.
    package func gradient(
        of loss: any Loss, on source: any ExampleSource, _ parameters: ParameterStore
    ) -> (loss: Double, gradient: [Float]) {
        let slice = TrainingSlice(self, capacity: source.count)
        parameters.values.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            slice.run(
                Array(0..<source.count)[...], from: source, loss: loss, parameters: start, step: nil,
                batchCount: source.count, modalityDropout: 0)
        }
        return withExtendedLifetime(slice) { (slice.loss / Double(source.count), Array(slice.gradient)) }
    }
}
