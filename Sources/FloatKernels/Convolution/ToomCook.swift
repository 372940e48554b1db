/// The matrices of a minimal filtering algorithm F(m, r): m outputs of a filter of r taps from α = m + r − 1
/// multiplications where m·r would be,
///
///     y = Aᵀ [ (G g) ⊙ (Bᵀ d) ]
///
/// for g of r values and d of α (S. Winograd, "Arithmetic Complexity of Computations", 1980; the construction is that
/// of Toom and Cook). A filter and a signal are polynomials; products are taken of their values at α − 1 points and at
/// infinity, and the transpose of the interpolation gives the correlation.
struct ToomCook {
    /// α.
    let points: Int
    /// m × α.
    let output: [Float]
    /// α × r.
    let filter: [Float]
    /// α × α.
    let input: [Float]

    /// Numbers whose powers are exact in Float, those first that keep the rounding low.
    private static let places: [Double] = [0, 1, -1, 2, -2, 0.5, -0.5]

    /// F(`outputs`, `taps`), for at most eight points.
    init(outputs: Int, taps: Int) {
        points = outputs + taps - 1
        precondition(outputs > 0 && taps > 0 && points <= Self.places.count + 1)
        let places = Self.places.prefix(points - 1)
        let all = Self.product(places)
        var (filter, input): ([Double], [Double]) = ([], [])
        for place in places {
            // Σⱼ cⱼ xʲ = Π (x − q) over the other places q, and its value at this one.
            let others = Self.product(places.filter { $0 != place })
            let value = others.reversed().reduce(0) { $0 * place + $1 }
            input += others + [0]
            filter += Self.powers(of: place, taps).map { $0 / value }
        }
        input += all
        filter += Self.powers(of: nil, taps)
        let columns = places.map { Self.powers(of: $0, outputs) } + [Self.powers(of: nil, outputs)]
        output = (0..<outputs).flatMap { row in columns.map { Float($0[row]) } }
        self.filter = filter.map { Float($0) }
        self.input = input.map { Float($0) }
    }

    /// x⁰ … xⁿ⁻¹; at infinity only the highest counts.
    private static func powers(of place: Double?, _ count: Int) -> [Double] {
        guard let place else { return [Double](repeating: 0, count: count - 1) + [1] }
        return (1..<count).reduce(into: [1]) { powers, _ in powers.append((powers.last ?? 1) * place) }
    }

    /// The coefficients of Π (x − q), from that of x⁰ upwards.
    private static func product(_ places: some Sequence<Double>) -> [Double] {
        places.reduce([1]) { coefficients, place in
            zip([0] + coefficients, coefficients.map { $0 * place } + [0]).map { $0 - $1 }
        }
    }
}
