import Diagnostics

/// All ratings that a model is fitted to: a users × items matrix in compressed rows.
public struct InteractionMatrix: Sendable, Equatable {
    /// The ratings, users × items.
    public let ratings: CompressedRows
    /// Seconds since 1970 of each entry of `ratings`, 0 where it is not known; nil where no row gave a time.
    public let timestamps: [Int64]?
    /// The smallest rating that counts as liked.
    public let positiveThreshold: Float

    /// Number of users, also those without a rating.
    public var userCount: Int { ratings.rows }
    /// Number of items, also those without a rating.
    public var itemCount: Int { ratings.columns }
    /// Number of ratings.
    public var count: Int { ratings.values.count }

    /// Builds the matrix from rows in any order. Of several ratings of one item by one user the latest one stays;
    /// where the times are equal or unknown, the one further down.
    ///
    /// - Parameter positiveThreshold: the smallest rating that counts as liked. Nil takes the median of all
    ///   ratings (the upper one of two), which is 4 on MovieLens; where all ratings are equal, all are positive.
    /// - Throws: `Diagnostic` of kind `badData` that names the row, counted from one, for a rating that is no finite
    ///   number and for an index out of range.
    public init(
        userCount: Int, itemCount: Int, positiveThreshold: Float? = nil,
        rows: [Interaction]
    ) throws {
        precondition(userCount >= 0 && itemCount >= 0, "a matrix cannot have a negative size")
        precondition(userCount <= Int32.max && itemCount <= Int32.max, "indices are 32-bit")
        var columns = InteractionColumns()
        for (number, row) in rows.enumerated() {
            try Self.validate(row, number: number + 1, userCount: userCount, itemCount: itemCount)
            columns.append(row)
        }
        columns.sort(userCount: userCount, itemCount: itemCount)
        columns.removeRepeatedPairs()
        ratings = columns.compressedRows(userCount: userCount, itemCount: itemCount)
        timestamps = columns.hasTimes ? columns.timestamps : nil
        self.positiveThreshold = positiveThreshold ?? Self.upperMedian(columns.ratings)
    }

    init(ratings: CompressedRows, timestamps: [Int64]?, positiveThreshold: Float) {
        self.ratings = ratings
        self.timestamps = timestamps
        self.positiveThreshold = positiveThreshold
    }

    /// The ratings by item, items × users.
    public func transposed() -> CompressedRows { ratings.transposed() }

    /// The ratings of the users named, renumbered in this order, of all items.
    public func selectingUsers(_ users: [Int]) throws -> InteractionMatrix {
        try InteractionMatrix(
            userCount: users.count, itemCount: itemCount, positiveThreshold: positiveThreshold,
            rows: users.enumerated().flatMap { row, user in
                history(ofUser: user).map {
                    Interaction(user: row, item: $0.item, rating: $0.rating, timestamp: $0.timestamp)
                }
            })
    }

    /// Whether `rating` counts as liked.
    public func isPositive(_ rating: Float) -> Bool { rating >= positiveThreshold }

    /// What user `user` rated, in ascending order of item.
    public func history(ofUser user: Int) -> [HistoryEntry] {
        ratings.entries(ofRow: user).map { entry in
            let timestamp = timestamps.map { $0[entry] } ?? 0
            return HistoryEntry(
                item: Int(ratings.columnIndices[entry]), rating: ratings.values[entry],
                timestamp: timestamp == 0 ? nil : timestamp)
        }
    }

    private static func upperMedian(_ values: [Float]) -> Float {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }

    private static func validate(
        _ row: Interaction, number: Int, userCount: Int, itemCount: Int
    ) throws {
        guard row.rating.isFinite else {
            throw Diagnostic(
                .badData, code: "ratings.not-finite", "the rating in row \(number) is \(row.rating)",
                fix: "give every rating as a finite number, and leave out rows without one")
        }
        guard (0..<userCount).contains(row.user) else {
            throw outOfRange("user", row.user, number: number, count: userCount)
        }
        guard (0..<itemCount).contains(row.item) else {
            throw outOfRange("item", row.item, number: number, count: itemCount)
        }
    }

    private static func outOfRange(_ name: String, _ index: Int, number: Int, count: Int) -> Diagnostic {
        Diagnostic(
            .badData, code: "ratings.\(name)-out-of-range",
            "\(name) \(index) in row \(number) is not one of the \(count) \(name)s",
            fix: "number the \(name)s from 0 to \(count - 1), or give a larger \(name) count")
    }
}
