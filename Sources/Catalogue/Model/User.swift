/// A user of the catalogue: an id and what is known of the person.
public struct User: Sendable, Equatable {
    /// The owner's id; unique, never empty.
    public var id: String
    /// Categorical attributes such as `age`, `gender`, `country`; a name whose value is unknown is absent.
    public var attributes: [String: String]

    /// Makes a user.
    public init(id: String, attributes: [String: String] = [:]) {
        self.id = id
        self.attributes = attributes
    }
}
