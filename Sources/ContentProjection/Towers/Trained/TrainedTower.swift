import Diagnostics
import FloatKernels
import ItemContent
import NeuralNetwork

/// The trained tower: networks that read posters, texts and metadata, trained with the placements of learned items as
/// labels. Its outputs live in the space of placements and are one more view of an item.
///
/// There is one network for each fold of `CrossFitting`; it was kept from the items of that fold.
struct TrainedTower: Sendable {
    let network: TowerNetwork
    /// One a fold.
    let parameters: [ParameterStore]
    let layout: MetadataLayout
    let posterScale: PosterScale

    /// Whose output is an item's row.
    enum Reading: Sendable {
        /// The network that was kept from the item's fold: for items that the tower learned from, or may have.
        case outOfFold
        /// The mean of all networks: for items that none of them has seen.
        case mean
    }

    /// items × outputs.
    func read(
        _ content: TowerContent, _ reading: Reading, pool: ThreadPool, monitor: WorkMonitor = .silent
    ) throws -> FeatureView {
        let examples = content.examples(network, layout, posterScale)
        var points = Matrix(rows: examples.count, columns: network.extents.outputs)
        for (fold, parameters) in parameters.enumerated() {
            let rows =
                switch reading {
                case .outOfFold: content.folds.indices.filter { content.folds[$0] == fold }
                case .mean: Array(content.folds.indices)
                }
            let share: Float = reading == .mean ? 1 / Float(self.parameters.count) : 1
            guard !rows.isEmpty else { continue }
            try monitor.report("Reading content", fold, of: self.parameters.count, "networks")
            let outputs = BatchPredictor(network.network, parameters, pool: pool)
                .outputs(examples.selecting(rows))
            for (place, row) in rows.enumerated() {
                for column in 0..<points.columns { points[row, column] += share * outputs[place, column] }
            }
        }
        return .points(points, present: [Bool](repeating: true, count: points.rows))
    }
}

extension TrainedTower {
    func write(to file: inout TensorFileWriter, as name: String) {
        let extents = network.extents
        file.add(
            name + ".extents", shape: [4],
            int32s: [
                extents.metadata, extents.vocabulary, extents.readsPosters ? 1 : 0, extents.outputs,
            ].map(Int32.init))
        posterScale.write(to: &file, as: name + ".poster")
        for (fold, store) in parameters.enumerated() { store.save(to: &file, prefix: "\(name).fold\(fold).") }
    }

    /// - Parameters:
    ///   - layout: of the metadata, as the encoder has it.
    ///   - vocabulary: words that the encoder knows.
    init(from file: TensorFile, _ name: String, layout: MetadataLayout, vocabulary: Int) throws {
        let numbers = try file.int32s(name + ".extents", shape: [4]).map(Int.init)
        try file.require(
            numbers[0] == layout.count && (numbers[1] == 0 || numbers[1] == vocabulary)
                && (0...1).contains(numbers[2]) && (1...4096).contains(numbers[3]), name,
            "reads what the encoder gives")
        let network = TowerNetwork(
            .init(
                metadata: numbers[0], vocabulary: numbers[1], readsPosters: numbers[2] == 1,
                outputs: numbers[3]))
        self.network = network
        self.layout = layout
        posterScale = try PosterScale(from: file, name + ".poster")
        parameters = try (0..<CrossFitting.folds).map { fold in
            try ParameterStore(network.network.table, from: file, prefix: "\(name).fold\(fold).")
        }
    }
}
