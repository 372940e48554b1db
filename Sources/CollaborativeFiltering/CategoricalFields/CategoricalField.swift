/// One attribute as a small number of codes: its frequent values, or intervals of its numbers.
package struct CategoricalField: Sendable, Equatable {
    /// The name of the attribute.
    package let name: String
    /// What a code stands for.
    package let codes: Codes

    /// What a code stands for.
    package enum Codes: Sendable, Equatable {
        /// Code c is the c-th of these values, which ascend by their bytes.
        case values([String])
        /// Code c is what lies below the c-th of these ascending bounds, and not below the one before; a last code is the
        /// rest.
        case intervals([Float])
    }

    /// A field from its parts.
    package init(name: String, codes: Codes) {
        self.name = name
        self.codes = codes
    }

    /// Number of codes.
    package var count: Int {
        switch codes {
        case .values(let values): values.count
        case .intervals(let bounds): bounds.count + 1
        }
    }

    /// The code of a value; nil for one that was not learned.
    package func code(of value: String) -> Int? {
        switch codes {
        case .values(let values):
            let place = values.lowerBound(of: value)
            return place < values.count && values[place] == value ? place : nil
        case .intervals(let bounds):
            guard let number = Float(value), number.isFinite else { return nil }
            return bounds.firstIndex { number < $0 } ?? bounds.count
        }
    }
}

extension CategoricalField {
    /// Up to so many different numbers are taken for codes, as of occupations; more are measures, as ages are.
    private static let mostCodes = 32
    /// Of values that are not all numbers so many may be something else.
    private static let oddShare = 0.05
    /// Intervals that numbers are divided into, of about as many rows each.
    private static let intervals = 10
    /// Values that are kept of an attribute, the most frequent ones.
    private static let mostValues = 10_000

    /// Learns from the values of all rows; nil where no value occurs in `leastRows` of them.
    init?(name: String, rows: some Sequence<[String]>, leastRows: Int) {
        var counts: [String: Int] = [:]
        for values in rows {
            for value in Set(values) { counts[value, default: 0] += 1 }
        }
        self.name = name
        if let bounds = Self.bounds(counts) {
            codes = .intervals(bounds)
            return
        }
        let frequent = counts.filter { $0.value >= leastRows }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.mostValues)
        guard !frequent.isEmpty else { return nil }
        codes = .values(frequent.map(\.key).sorted())
    }

    /// The quantiles that divide measures; nil where the values are not measures.
    private static func bounds(_ counts: [String: Int]) -> [Float]? {
        let numbers = counts.compactMap { value, count in
            Float(value).flatMap { $0.isFinite ? (number: $0, count: count) : nil }
        }.sorted { $0.number < $1.number }
        let total = counts.values.reduce(0, +), numeric = numbers.reduce(0) { $0 + $1.count }
        guard numbers.count > mostCodes, Double(total - numeric) <= oddShare * Double(total) else {
            return nil
        }
        var (bounds, below, reached) = ([Float](), 0, 0)
        for (number, count) in numbers {
            // A number that many rows have fills several intervals, of which it makes one.
            if below * intervals / numeric > reached {
                bounds.append(number)
                reached = below * intervals / numeric
            }
            below += count
        }
        return bounds
    }
}

extension [String] {
    /// Where `value` stands or would stand in these ascending values: binary search.
    fileprivate func lowerBound(of value: String) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
