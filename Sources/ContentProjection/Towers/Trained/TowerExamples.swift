import FloatKernels
import ItemContent
import NeuralNetwork

/// Items as the trained tower's network reads them.
struct TowerExamples: ExampleSource {
    let network: TowerNetwork
    /// items × metadata values.
    let metadata: Matrix
    /// Numbers of the known words, in order.
    let words: [[Int32]]
    /// At the network's size.
    let posters: [RGBImage?]
    let scale: PosterScale
    /// items × outputs, standardised; nil where the network only answers.
    var targets: Matrix?
    /// The items that are examples.
    var rows: [Int]

    var count: Int { rows.count }

    func load(_ example: Int, into slot: ExampleSlot, using generator: inout RandomGenerator) {
        let row = rows[example]
        slot.setFloats(network.metadata) { values in
            for column in values.indices { values[column] = metadata[row, column] }
        }
        if let text = network.text { slot.setTokens(text, words[row]) }
        if let input = network.poster, let poster = posters[row] {
            slot.setFloats(input) { values in
                if targets == nil {
                    scale.fill(values, from: poster)
                } else {
                    scale.fill(values, from: poster, using: &generator)
                }
            }
        }
        guard let targets else { return }
        for column in slot.targets.indices { slot.targets[column] = targets[row, column] }
    }

    func selecting(_ rows: [Int]) -> TowerExamples {
        var selected = self
        selected.rows = rows
        return selected
    }
}
