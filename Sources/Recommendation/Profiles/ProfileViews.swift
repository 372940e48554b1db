import CollaborativeFiltering

/// All views of users' attributes, their features side by side.
struct ProfileViews: Sendable, Equatable {
    let views: [ProfileView]
    /// Where the features of each view start, and behind the last one their number.
    private let starts: [Int]

    init(_ views: [ProfileView]) {
        self.views = views
        starts = views.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.width) }
    }

    /// Number of features.
    var width: Int { starts[views.count] }

    /// The features of a user that are not zero, ascending.
    func features(of attributes: [String: String]) -> [(index: Int, value: Float)] {
        zip(views, starts).flatMap { view, start in
            attributes[view.column].map { text in
                view.features(of: text).map { (start + $0.index, $0.value) }
            } ?? []
        }
    }

    /// Users × features.
    func encode(_ profiles: [[String: String]]) -> CompressedRows {
        var (starts, columns, values) = ([0], [Int32](), [Float]())
        for attributes in profiles {
            let features = features(of: attributes)
            columns += features.map { Int32($0.index) }
            values += features.map(\.value)
            starts.append(values.count)
        }
        return CompressedRows(
            rows: profiles.count, columns: width, rowStarts: starts, columnIndices: columns, values: values)
    }
}

extension ProfileViews {
    /// Fewer users say nothing of a value.
    private static let fewestUsers = 5
    /// Features of all views together; every view gets as many of them, for its most frequent values.
    private static let mostFeatures = 1_024
    private static let knots = 8
    /// Of a column of numbers so many values are numbers.
    private static let shareOfNumbers = 0.9

    /// What can be read from the users there are: every column as categories, and columns of numbers also as smooth
    /// bumps. A column that has another value for every user names them and says nothing of their tastes.
    init(learning profiles: [[String: String]]) {
        let columns = Set(profiles.flatMap(\.keys)).sorted()
        let most = Self.mostFeatures / (2 * max(columns.count, 1))
        self.init(
            columns.flatMap { column -> [ProfileView] in
                let texts = profiles.compactMap { $0[column] }
                guard Set(texts).count < texts.count else { return [] }
                let values = Self.frequentValues(texts, most: most)
                let knots = Self.knots(texts)
                return (values.isEmpty ? [] : [ProfileView(column: column, kind: .values(values))])
                    + (knots.isEmpty ? [] : [ProfileView(column: column, kind: .knots(knots))])
            })
    }

    /// The most frequent values, numbered in the order of their text.
    private static func frequentValues(_ texts: [String], most: Int) -> [String: Int] {
        let counts = texts.flatMap(ProfileView.parts).reduce(into: [String: Int]()) {
            $0[$1, default: 0] += 1
        }
        let frequent = counts.filter { $0.value >= fewestUsers }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let kept = frequent.prefix(most).map(\.key).sorted()
        return Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    }

    /// Quantiles of a column of numbers; none where there are so few values that each can be a category.
    private static func knots(_ texts: [String]) -> [Float] {
        let numbers = texts.compactMap(ProfileView.number).sorted()
        guard Double(numbers.count) >= shareOfNumbers * Double(texts.count), Set(numbers).count > knots else {
            return []
        }
        let quantiles = (0..<knots).map { numbers[$0 * (numbers.count - 1) / (knots - 1)] }
        return Set(quantiles).sorted()
    }
}
