public import FloatKernels

extension Network {
    /// Runs the network, without dropout, over every example.
    ///
    /// - Parameter wanted: the values to answer, usually the output or a tower's embedding.
    /// - Returns: for each of them a matrix, examples × elements of the value.
    public func evaluate(
        _ source: any ExampleSource, _ parameters: ParameterStore, reading wanted: [NetworkValue],
        pool: ThreadPool
    ) -> [Matrix] {
        precondition(parameters.table == table, "parameters of another network")
        let results = wanted.map {
            UnsafeMutableBufferPointer<Float>.allocate(capacity: source.count * nodes[$0.node].count)
        }
        defer { for result in results { result.deallocate() } }
        let packed = PackedParameters(self, training: false)
        parameters.values.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            packed.pack(base)
            pool.forEachRange(source.count) { range in
                evaluate(source, range, packed, wanted, into: results)
            }
        }
        return zip(wanted, results).map { value, result in
            Matrix(rows: source.count, columns: nodes[value.node].count, elements: Array(result))
        }
    }

    /// One worker's share.
    private func evaluate(
        _ source: any ExampleSource, _ range: Range<Int>, _ packed: PackedParameters,
        _ wanted: [NetworkValue], into results: [UnsafeMutableBufferPointer<Float>]
    ) {
        let workspace = Workspace(self, capacity: min(Self.chunk, range.count), training: false)
        defer { withExtendedLifetime(workspace) {} }
        for start in stride(from: range.lowerBound, to: range.upperBound, by: workspace.capacity) {
            let count = min(workspace.capacity, range.upperBound - start)
            for sample in 0..<count {
                var generator = RandomGenerator(seed: 0, stream: UInt64(start + sample))
                let slot = ExampleSlot(workspace: workspace, sample: sample)
                slot.reset()
                source.load(start + sample, into: slot, using: &generator)
                slot.complete()
            }
            workspace.forward(count, packed)
            for (value, result) in zip(wanted, results) {
                for sample in 0..<count {
                    let elements = workspace.read(value, sample: sample)
                    let first = (start + sample) * elements.count
                    _ = UnsafeMutableBufferPointer(rebasing: result[first..<first + elements.count])
                        .initialize(from: elements)
                }
            }
        }
    }

    /// Samples at a time: enough to fill the kernels, few enough to stay in the cache.
    static let chunk = 1
}
