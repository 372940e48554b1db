/// The place in a batch where one example's inputs and targets go.
///
/// At first every input is missing: zeros, no tokens, closed gates. What is not set stays missing.
public struct ExampleSlot {
    let workspace: Workspace
    let sample: Int

    /// Sets an input of floats, row-major; `fill` gets its values, of any content, and sets them all.
    public func setFloats(_ input: NetworkInput, _ fill: (UnsafeMutableBufferPointer<Float>) -> Void) {
        guard case .floats(let count, let node) = input.kind else { preconditionFailure("tokens expected") }
        let start = workspace.start(of: node, in: workspace.values) + sample * count
        fill(UnsafeMutableBufferPointer(start: start, count: count))
        workspace.presence.start[input.index * workspace.capacity + sample] = 1
    }

    /// Sets an input of floats from as many values.
    public func setFloats(_ input: NetworkInput, _ values: [Float]) {
        setFloats(input) { buffer in
            precondition(values.count == buffer.count, "\(input.name) takes \(buffer.count) values")
            for index in buffer.indices { buffer[index] = values[index] }
        }
    }

    /// Sets an input of tokens; those beyond its length are left out. No tokens at all are a missing input.
    public func setTokens(_ input: NetworkInput, _ tokens: [Int32]) {
        guard case .tokens(let length, let vocabulary, let offset) = input.kind else {
            preconditionFailure("floats expected")
        }
        let target = workspace.tokens.start + offset * workspace.capacity + sample * length
        let count = min(length, tokens.count)
        for position in 0..<count {
            precondition(Int(tokens[position]) < vocabulary, "\(input.name): a token beyond \(vocabulary)")
            target[position] = tokens[position]
        }
        workspace.lengths.start[input.index * workspace.capacity + sample] = Int32(count)
        workspace.presence.start[input.index * workspace.capacity + sample] = count > 0 ? 1 : 0
    }

    /// What the outputs ought to be; a NaN is a target that is not known and costs nothing. Zero at first.
    public var targets: UnsafeMutableBufferPointer<Float> { workspace.targets(of: sample) }

    /// What the example counts for in the loss; 1 at first.
    public func setWeight(_ weight: Float) { workspace.weights.start[sample] = weight }

    /// Everything missing, and of no content yet: `complete` comes after the example was loaded.
    func reset() {
        for input in workspace.network.inputs {
            workspace.lengths.start[input.index * workspace.capacity + sample] = 0
            workspace.presence.start[input.index * workspace.capacity + sample] = 0
        }
        targets.update(repeating: 0)
        workspace.weights.start[sample] = 1
    }

    /// Zeros where no floats were set.
    func complete() {
        for input in workspace.network.inputs {
            guard case .floats(let count, let node) = input.kind,
                workspace.presence.start[input.index * workspace.capacity + sample] == 0
            else { continue }
            (workspace.start(of: node, in: workspace.values) + sample * count).update(
                repeating: 0, count: count)
        }
    }
}
