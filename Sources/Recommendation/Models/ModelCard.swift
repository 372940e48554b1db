public import CollaborativeFiltering
public import ContentProjection
public import Foundation

/// What a model version is: how it was made, from what, and how good it is. Stands beside the model as `card.json`.
public struct ModelCard: Sendable, Codable {
    /// Name of the version: `v1`, `v2`, …
    public var version: String
    /// Release of coldstart that made it.
    public var release: String
    /// Seconds since 1970.
    public var createdAt: Int64
    /// What made it: `train` or `retrain`, and for the latter from which version.
    public var origin: String
    /// Name of the collaborative model.
    public var model: String
    /// What the models reached that it was chosen among, with `--model auto`.
    public var choice: [ModelChoice.Trial]?
    /// Length of the vectors.
    public var dimensions: Int
    /// Seed of all randomness.
    public var seed: UInt64
    /// Threads at training: with the seed, they decide every bit.
    public var threads: Int
    /// What was learned from.
    public var data: Data
    /// What each kind of content is worth.
    public var content: ProjectionReport
    /// What users' attributes are worth; nil where users have none.
    public var userAttributes: ProfileReport?
    /// Measured on items held out one at a time; user vectors have seen their ratings.
    public var leftOut: RankingScore
    /// β of the probabilities exp(β score) / Σ exp(β score); nil in cards of earlier versions.
    public var softmaxScale: Double?
    /// How long it took.
    public var seconds: Seconds
    /// Of the model file's header, which has the checksums of all that is in it; nil in cards of earlier versions.
    public var modelChecksum: String?
    /// Of the card's file with zeros in place of this one; nil in cards of earlier versions.
    public var checksum: String?

    /// Counts of what was learned from.
    public struct Data: Sendable, Codable {
        /// Users with ratings.
        public var users: Int
        /// All items.
        public var items: Int
        /// Items with ratings.
        public var ratedItems: Int
        /// Ratings.
        public var ratings: Int
        /// Items with a poster.
        public var posters: Int
        /// Items with a description.
        public var descriptions: Int
        /// Ratings from here on count as positive.
        public var positiveThreshold: Float
    }

    /// Wall-clock time of the stages.
    public struct Seconds: Sendable, Codable {
        /// Catalogue and posters.
        public var reading: Double
        /// The collaborative model, and what users' attributes are worth.
        public var collaborative: Double
        /// Towers, weights and projection.
        public var content: Double
        /// Placing items without ratings.
        public var projecting: Double
    }
}

/// One place for how the product writes and reads JSON: snake_case, sorted keys, stable.
public enum StableJSON {
    /// The value as JSON.
    public static func encode(_ value: some Encodable, pretty: Bool = true) throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting =
            pretty
            ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// The value that the JSON holds.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: data)
    }
}
