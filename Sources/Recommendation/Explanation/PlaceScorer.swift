import CollaborativeFiltering
import FloatKernels

/// What a user's scores are of places, and what the parts of a place add to one.
struct PlaceScorer {
    /// The user as scans ask for one.
    let query: [Float]
    /// What scores; nil for products.
    let layers: ScoringLayers?

    init(_ snapshot: Snapshot, query: [Float]) {
        self.query = query
        layers = snapshot.layers
    }

    /// - Parameter places: vector, then bias.
    func scores(_ places: [[Double]]) -> [Double] {
        guard let layers, let dimensions = places.first.map({ $0.count - 1 }) else {
            return places.map { product(query, $0) }
        }
        let table = ItemTable(
            vectors: Matrix(
                rows: places.count, columns: dimensions,
                elements: places.flatMap { $0.prefix(dimensions).map(Float.init) }),
            biases: places.map { Float($0[dimensions]) })
        return ItemScan(table, layers: layers, isQuantised: false).scores(query: query).map(Double.init)
    }

    /// What each of some parts adds to the score, where all of them are added to a place; the sum is what all add.
    ///
    /// Products are linear: the order does not matter. With layers a part adds another amount in every order, and the mean is
    /// taken over the orders that begin with each part and go round, forwards and backwards.
    func contributions(of parts: [[Double]], to start: [Double]) -> [Double] {
        guard layers != nil else {
            return parts.map { product(query, $0) }
        }
        let turns = parts.indices.map { first in
            parts.indices.map { (first + $0) % parts.count }
        }
        let orders = turns + turns.map { $0.reversed() }
        let paths = orders.map { order in
            order.reduce(into: [start]) { path, part in
                path.append(zip(path[path.count - 1], parts[part]).map { $0 + $1 })
            }
        }
        let reached = scores(paths.flatMap { $0 })
        var sums = [Double](repeating: 0, count: parts.count)
        for (number, order) in orders.enumerated() {
            let first = number * (parts.count + 1)
            for (step, part) in order.enumerated() {
                sums[part] += reached[first + step + 1] - reached[first + step]
            }
        }
        return sums.map { $0 / Double(orders.count) }
    }

    private func product(_ user: [Float], _ place: [Double]) -> Double {
        zip(user, place).reduce(place[place.count - 1]) { $0 + Double($1.0) * $1.1 }
    }
}
