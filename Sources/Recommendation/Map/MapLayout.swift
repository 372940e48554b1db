/// How a map of the items is laid out.
package enum MapLayout: String, Sendable, CaseIterable, Encodable {
    /// The two directions in which items differ most: the service's map. A new item moves no other one.
    case pca
    /// Items that are like each other stay together.
    case neighbours
}
