/// Passes a sample on where one of its inputs (its poster, its text) is there, and gives zeros where it is missing or
/// was dropped: N×C to N×C.
///
/// Training with modality dropout (Neverova et al. 2016, "ModDrop") teaches the head to do without.
struct ModalityGate: Sendable {
    let count: Int

    /// - Parameter presence: 1 or 0 for each sample.
    func forward(
        _ input: UnsafePointer<Float>, presence: UnsafePointer<Float>, samples: Int,
        into output: UnsafeMutablePointer<Float>
    ) {
        for sample in 0..<samples {
            for i in sample * count..<(sample + 1) * count { output[i] = presence[sample] > 0 ? input[i] : 0 }
        }
    }

    func backward(
        outputGradient: UnsafePointer<Float>, presence: UnsafePointer<Float>, samples: Int,
        addingTo inputGradient: UnsafeMutablePointer<Float>
    ) {
        for sample in 0..<samples where presence[sample] > 0 {
            for i in sample * count..<(sample + 1) * count { inputGradient[i] += outputGradient[i] }
        }
    }
}
