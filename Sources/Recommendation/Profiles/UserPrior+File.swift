import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels
package import NeuralNetwork

extension UserPrior {
    /// Adds everything to a model file, under `profile.`.
    package func write(to file: inout TensorFileWriter) {
        file.add("profile.strength", shape: [2], floats: [strength.halfway, strength.precision])
        file.add("profile.columns", strings: views.views.map(\.column))
        file.add(
            "profile.widths", shape: [views.views.count], int32s: views.views.map { Int32($0.width) })
        file.add("profile.numeric", bytes: views.views.map { $0.isNumeric ? 1 : 0 })
        file.add("profile.features", strings: views.views.flatMap(\.featureNames))
        file.add("profile.coefficients", matrix: coefficients)
    }

    /// Reads what `write` wrote; nil from a file of before there was a prior.
    ///
    /// - Throws: `Diagnostic` `model.…` where the file is damaged or its parts do not fit each other.
    package init?(from file: TensorFile, dimensions: Int) throws {
        guard file.contains("profile.strength") else { return nil }
        let numbers = try file.floats("profile.strength", shape: [2])
        try file.require(
            numbers.allSatisfy { $0.isFinite && $0 > 0 }, "profile.strength", "is two positive numbers")
        let columns = try file.strings("profile.columns")
        let widths = try file.int32s("profile.widths", shape: [columns.count]).map(Int.init)
        let isNumeric = try file.bytes("profile.numeric", shape: [columns.count]).map { $0 != 0 }
        let names = try file.strings("profile.features")
        let coefficients = try file.matrix("profile.coefficients")
        try file.require(
            widths.allSatisfy { $0 > 0 } && widths.reduce(0, +) == names.count, "profile.widths",
            "divides the features")
        try file.require(
            coefficients.rows == names.count && coefficients.columns == dimensions, "profile.coefficients",
            "has a place for every feature")
        var start = 0
        let views = try columns.indices.map { index in
            defer { start += widths[index] }
            let own = Array(names[start..<(start + widths[index])])
            let view = ProfileView(column: columns[index], isNumeric: isNumeric[index], featureNames: own)
            try file.require(view != nil, "profile.features", "is different values, or numbers that rise")
            return view
        }
        self.init(
            views: ProfileViews(views.compactMap(\.self)), coefficients: coefficients,
            strength: TastePrior.Strength(halfway: numbers[0], precision: numbers[1]))
    }
}

extension ProfileView {
    var isNumeric: Bool {
        switch kind {
        case .values: false
        case .knots: true
        }
    }

    /// The values, or the knots as text that reads back as the same numbers.
    var featureNames: [String] {
        switch kind {
        case .values(let values): values.sorted { $0.value < $1.value }.map(\.key)
        case .knots(let knots): knots.map { "\($0)" }
        }
    }

    /// Nil where the names are not those of a view.
    init?(column: String, isNumeric: Bool, featureNames: [String]) {
        self.column = column
        if isNumeric {
            let knots = featureNames.compactMap(Self.number)
            guard knots.count == featureNames.count, zip(knots, knots.dropFirst()).allSatisfy(<) else {
                return nil
            }
            kind = .knots(knots)
        } else {
            guard Set(featureNames).count == featureNames.count else { return nil }
            kind = .values(Dictionary(uniqueKeysWithValues: featureNames.enumerated().map { ($1, $0) }))
        }
    }
}
