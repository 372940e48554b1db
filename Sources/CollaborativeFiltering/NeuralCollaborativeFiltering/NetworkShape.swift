/// Sizes of a scoring network, and where its parameters lie in the one buffer that holds them all.
///
/// Each side has embeddings of its ids, one bias an id, embeddings of the codes of its attributes, and its half of the
/// first layer's weights. Behind both sides lie the matrix of the products, the first layer's biases, the further layers, and
/// the output's weights.
package struct NetworkShape: Sendable, Equatable {
    /// The users, or the items.
    package struct Side: Sendable, Equatable {
        /// Users or items, and codes of their attributes.
        package let count, codeCount: Int
        /// Lengths of the embedding of an id, and of that of its attributes.
        package let idWidth, codeWidth: Int
        /// Where its ids' embeddings, biases, codes' embeddings and weights (width × h₁) start.
        let ids, biases, codes, weights: Int
        /// Behind its last parameter.
        let end: Int

        /// Length of what the layers read: the two embeddings one after the other.
        package var width: Int { idWidth + codeWidth }

        init(_ size: SideSize, hidden: Int, from start: Int) {
            count = size.count
            codeCount = size.codeCount
            idWidth = size.idWidth
            codeWidth = size.codeWidth
            ids = start
            biases = ids + count * idWidth
            codes = biases + count
            weights = codes + codeCount * codeWidth
            end = weights + (idWidth + codeWidth) * hidden
        }
    }

    /// The sizes of a side.
    package struct SideSize: Sendable, Equatable {
        var count, codeCount, idWidth, codeWidth: Int

        /// Sizes of a side whose rows are `width` long; attributes get `codeWidth` of it where there are any codes.
        package init(count: Int, codeCount: Int, width: Int, codeWidth: Int) {
            self.count = count
            self.codeCount = codeCount
            self.codeWidth = codeCount > 0 ? min(codeWidth, width / 2) : 0
            idWidth = width - self.codeWidth
        }
    }

    /// One layer behind the first: `inputs` × `outputs` weights, and biases.
    struct Layer: Sendable, Equatable {
        let inputs, outputs, weights, biases: Int
    }

    package let user, item: Side
    /// Where the user's width × item's width matrix of the products starts.
    let products: Int
    /// h₁, h₂, …: the widths of the layers.
    package let hidden: [Int]
    /// Where the first layer's biases start.
    let firstBiases: Int
    let deeper: [Layer]
    /// Where the output's weights start.
    let output: Int
    /// Number of parameters.
    package let count: Int

    /// Layers of these widths over rows of these sizes.
    package init(users: SideSize, items: SideSize, hidden: [Int]) {
        precondition(!hidden.isEmpty && hidden.allSatisfy { $0 > 0 }, "at least one layer, none empty")
        self.hidden = hidden
        user = Side(users, hidden: hidden[0], from: 0)
        item = Side(items, hidden: hidden[0], from: user.end)
        products = item.end
        firstBiases = products + user.width * item.width
        var (place, deeper) = (firstBiases + hidden[0], [Layer]())
        for (inputs, outputs) in zip(hidden, hidden.dropFirst()) {
            deeper.append(
                Layer(inputs: inputs, outputs: outputs, weights: place, biases: place + inputs * outputs))
            place += (inputs + 1) * outputs
        }
        self.deeper = deeper
        output = place
        count = place + hidden[hidden.count - 1]
    }
}
