import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels

/// Chooses what of users' attributes is used, and how much each view of them is shrunk, by the leave-one-out error of
/// users' scores. What does not lower it beyond noise is left out.
struct ProfileSearch {
    private let views: ProfileViews
    private let profiles: [[String: String]]
    /// Users' vectors in a basis in which a squared error is the mean squared error of all items' scores.
    private let regression: ProfileRegression
    private let pool: ThreadPool
    private let monitor: WorkMonitor

    /// Users' worth of the prior belief that a feature says nothing.
    private static let penalties: [Float] = [3, 10, 30, 100, 300, 1_000]
    /// A view has to lower the error by so many standard errors over users.
    private static let significance = 2.0

    init(
        _ views: ProfileViews, _ profiles: [[String: String]], users: Matrix, items: ItemTable,
        pool: ThreadPool, monitor: WorkMonitor
    ) {
        self.views = views
        self.profiles = profiles
        self.pool = pool
        self.monitor = monitor
        regression = ProfileRegression(views.encode(profiles), outputs: users.byScores(of: items, pool: pool))
    }

    /// The penalty of every view; nil where the view is left out.
    func penalties() throws -> [Float?] {
        let nothing = [Float?](repeating: nil, count: views.views.count)
        let atFirst = errors(nothing)
        var chosen = nothing
        for view in nothing.indices {
            try monitor.report("Learning from users' attributes", view, of: 2 * nothing.count)
            let (penalty, alone) = best(Self.penalties, of: view, in: nothing)
            if Self.isLower(alone, than: atFirst) { chosen[view] = penalty }
        }
        for view in nothing.indices {
            try monitor.report(
                "Learning from users' attributes", nothing.count + view, of: 2 * nothing.count)
            guard let start = chosen[view] else { continue }
            let (penalty, together) = best([start, start / 3, start * 3], of: view, in: chosen)
            chosen[view] = nil
            if Self.isLower(together, than: errors(chosen)) { chosen[view] = penalty }
        }
        return chosen
    }

    /// The views that are not left out.
    func choice(_ penalties: [Float?]) -> ProfileChoice {
        ProfileChoice(
            views: ProfileViews(penalties.indices.filter { penalties[$0] != nil }.map { views.views[$0] }),
            penalties: penalties.compactMap(\.self))
    }

    /// What the columns are worth with the penalties that were chosen.
    func report(_ penalties: [Float?]) -> ProfileReport {
        let total = errors(penalties.map { _ in nil }).reduce(0, +)
        func explained(_ isUsed: (String) -> Bool) -> Double {
            let used = penalties.indices.map { isUsed(views.views[$0].column) ? penalties[$0] : nil }
            return 1 - errors(used).reduce(0, +) / max(total, .leastNormalMagnitude)
        }
        let all = explained { _ in true }
        let columns = Set(profiles.flatMap(\.keys)).sorted().map { name in
            ProfileReport.Column(
                name: name, present: profiles.count { $0[name] != nil }, alone: explained { $0 == name },
                lostWithout: all - explained { $0 != name })
        }
        return ProfileReport(
            users: profiles.count, explained: all,
            columns: columns.sorted { ($1.alone, $0.name) < ($0.alone, $1.name) })
    }

    private func best(
        _ candidates: [Float], of view: Int, in penalties: [Float?]
    ) -> (penalty: Float, errors: [Double]) {
        let tried = candidates.map { candidate in
            var changed = penalties
            changed[view] = candidate
            return (penalty: candidate, errors: errors(changed))
        }
        return tried.min { $0.errors.reduce(0, +) < $1.errors.reduce(0, +) } ?? (0, errors(penalties))
    }

    /// Every user's squared error, left out himself.
    private func errors(_ penalties: [Float?]) -> [Double] {
        let leftOut = regression.fit(views.perFeature(penalties), pool: pool).leftOut
        let d = leftOut.columns
        return (0..<leftOut.rows).map { user in
            Double(
                (user * d..<(user + 1) * d).reduce(Float(0)) { sum, index in
                    let error = regression.outputs.elements[index] - leftOut.elements[index]
                    return sum + error * error
                })
        }
    }

    private static func isLower(_ errors: [Double], than others: [Double]) -> Bool {
        let gains = zip(errors, others).map { $1 - $0 }
        let count = Double(max(gains.count, 1))
        let mean = gains.reduce(0, +) / count
        let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        return mean > significance * (variance / count).squareRoot()
    }
}

extension ProfileViews {
    /// Every feature gets the penalty of its view.
    func perFeature(_ penalties: [Float?]) -> [Float?] {
        zip(views, penalties).flatMap { [Float?](repeating: $1, count: $0.width) }
    }
}

extension Matrix {
    /// Users U as UL for LLᵀ = VᵀV / items: a squared distance is the mean squared distance of all items' scores.
    fileprivate func byScores(of items: ItemTable, pool: ThreadPool) -> Matrix {
        var gram = matrixProduct(items.vectors, items.vectors, transposingA: true, pool: pool)
        for i in gram.elements.indices { gram.elements[i] /= Float(max(items.count, 1)) }
        let trace = (0..<gram.rows).reduce(Float(0)) { $0 + gram[$1, $1] }
        for i in 0..<gram.rows { gram[i, i] += 1e-6 * trace / Float(gram.rows) }
        guard let factor = Cholesky(gram, pool: pool) else { return self }
        return matrixProduct(self, factor.lower, pool: pool)
    }
}
