public import Catalogue

extension Workspace {
    /// Removes what processes left that were ended while they wrote, and posters that no item has any more.
    ///
    /// The caller holds the workspace's lock.
    public func tidy() throws {
        ModelStore(directory: modelsDirectory).removeRemains()
        posters.removeAll(but: Set(try catalogue.items().compactMap(\.item.poster)))
    }
}
