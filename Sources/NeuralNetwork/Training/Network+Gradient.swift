extension Network {
    /// Mean loss of all examples and its gradient by every parameter, without dropout: for gradient checks.
    package func gradient(
        of loss: any Loss, on source: any ExampleSource, _ parameters: ParameterStore
    ) -> (loss: Double, gradient: [Float]) {
        let slice = TrainingSlice(self), packed = PackedParameters(self, training: true)
        parameters.values.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            packed.pack(start)
            slice.run(
                Array(0..<source.count)[...], from: source, loss: loss, packed, rows: nil, step: nil,
                batchCount: source.count, modalityDropout: 0)
        }
        return withExtendedLifetime(slice) {
            (
                slice.loss / Double(source.count),
                Array(UnsafeBufferPointer(start: slice.gradient.start, count: slice.gradient.count))
            )
        }
    }
}
