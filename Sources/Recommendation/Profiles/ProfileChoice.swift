import FloatKernels

/// Which views of users' attributes are used, and the ridge penalty of each.
package struct ProfileChoice: Sendable {
    let views: ProfileViews
    /// One a view.
    let penalties: [Float]

    /// Features × d: the regression of `users` (users × d) on their attributes.
    func coefficients(_ profiles: [[String: String]], users: Matrix, pool: ThreadPool) -> Matrix {
        ProfileRegression(views.encode(profiles), outputs: users)
            .fit(views.perFeature(penalties), pool: pool).coefficients
    }
}
