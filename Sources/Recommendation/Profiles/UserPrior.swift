package import CollaborativeFiltering
import FloatKernels

/// Where a user belongs before the first rating: what people of that age, gender or country like, as far as that says
/// anything; and how fast the user's own ratings take over.
///
/// Ridge regression of trained users on their attributes. In the canonical gauge users have mean 0, so where nothing is known,
/// or attributes say nothing, the prior is the centre: items come by what users like on average.
package struct UserPrior: Sendable, Equatable {
    let views: ProfileViews
    /// Features × d.
    let coefficients: Matrix
    let strength: TastePrior.Strength

    init(views: ProfileViews, coefficients: Matrix, strength: TastePrior.Strength) {
        precondition(coefficients.rows == views.width, "a row for every feature")
        self.views = views
        self.coefficients = coefficients
        self.strength = strength
    }

    /// What is believed of a user with these attributes. Attributes and values that training has not met say nothing.
    package func taste(of attributes: [String: String]) -> TastePrior {
        var mean = [Float](repeating: 0, count: coefficients.columns)
        for (feature, value) in views.features(of: attributes) {
            for i in mean.indices { mean[i] += value * coefficients[feature, i] }
        }
        return TastePrior(mean: mean, strength: strength)
    }
}
