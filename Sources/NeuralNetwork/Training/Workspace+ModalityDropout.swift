import FloatKernels

extension Workspace {
    /// Hides each gated input of a sample with that probability; where all that are there would go, one stays.
    func dropModalities(_ sample: Int, _ probability: Float, using generator: inout RandomGenerator) {
        var present = 0, kept = 0
        for input in network.gatedInputs where presence.start[input * capacity + sample] > 0 { present += 1 }
        guard present > 1 else { return }
        let saved = generator.index(below: present)
        for input in network.gatedInputs where presence.start[input * capacity + sample] > 0 {
            // Every input takes a draw, so that one's fate does not depend on another's.
            let isDropped = generator.uniform() < probability
            if isDropped { presence.start[input * capacity + sample] = -1 } else { kept += 1 }
        }
        guard kept == 0 else { return }
        let dropped = network.gatedInputs.filter { presence.start[$0 * capacity + sample] < 0 }
        presence.start[dropped[saved] * capacity + sample] = 1
    }
}
