extension InteractionMatrix {
    /// The scale that ratings are given on: from the lowest to the highest that all but one in a hundred users keep to, at
    /// least all but one user, and as wide again on both sides.
    ///
    /// It is a matter of users, not of ratings, so that nobody sets it by rating much.
    package var scale: ClosedRange<Float> {
        var (lowests, highests): ([Float], [Float]) = ([], [])
        for user in 0..<userCount {
            let values = ratings.entries(ofRow: user).lazy.map { ratings.values[$0] }
            if let lowest = values.min(), let highest = values.max() {
                lowests.append(lowest)
                highests.append(highest)
            }
        }
        // Of one or two users nobody can say who keeps to the scale.
        let left = lowests.count > 2 ? max(1, lowests.count / 100) : 0
        guard lowests.count > left else { return 0...0 }
        let lowest = lowests.sorted()[left], highest = highests.sorted()[lowests.count - 1 - left]
        // One who keeps to a smaller range than all others leaves the two crossed.
        let (low, high) = (min(lowest, highest), max(lowest, highest))
        let width = high > low ? high - low : max(abs(low), 1)
        return (low - width)...(high + width)
    }

    /// The ratings, those off the `scale` brought to its ends: squared errors would follow a single one of them.
    package func withinScale() -> InteractionMatrix {
        let scale = scale
        guard ratings.values.contains(where: { !scale.contains($0) }) else { return self }
        let values = ratings.values.map { min(max($0, scale.lowerBound), scale.upperBound) }
        return InteractionMatrix(
            ratings: CompressedRows(
                rows: ratings.rows, columns: ratings.columns, rowStarts: ratings.rowStarts,
                columnIndices: ratings.columnIndices, values: values),
            timestamps: timestamps, positiveThreshold: positiveThreshold)
    }
}
