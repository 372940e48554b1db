import Recommendation

/// The systems of a warm-up, a curve each.
struct WarmUpCurves {
    /// Numbers of ratings, ascending.
    let ratings: [Int]
    /// In the order in which they were judged, with a point for every number.
    let systems: [(name: String, points: [Evaluation.System])]

    init(_ result: Evaluation.Result) {
        let counts = Set(result.systems.compactMap(\.ratings)).sorted()
        var names: [String] = []
        for system in result.systems where !names.contains(system.name) { names.append(system.name) }
        ratings = counts
        systems = names.map { name in
            (
                name,
                counts.compactMap { count in
                    result.systems.first { $0.name == name && $0.ratings == count }
                }
            )
        }.filter { $0.points.count == counts.count }
    }
}
