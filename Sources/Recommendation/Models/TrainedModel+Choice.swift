import Diagnostics

extension TrainedModel {
    /// The version to answer from, read and verified whole: the active one, or where that cannot be used another that can, the
    /// newest of those before it if there is one.
    ///
    /// - Throws: `model.none` before the first training; what is wrong with the active version where no other can be used.
    static func answering(_ store: ModelStore) throws -> (model: TrainedModel, damaged: DamagedVersion?) {
        let active = try store.requireCurrent()
        do {
            return (try verified(active, in: store), nil)
        } catch let damage as Diagnostic where damage.isDamageOfModel {
            let later = store.versions().filter {
                !store.versions(before: active).contains($0) && $0 != active
            }
            guard
                let other = sound(before: active, in: store)
                    ?? later.lazy.compactMap({ try? verified($0, in: store) }).first
            else { throw damage }
            return (other, DamagedVersion(active, damage, in: store))
        }
    }

    /// The newest version before one that can be used, read and verified whole; nil where there is none.
    public static func sound(before version: String, in store: ModelStore) -> TrainedModel? {
        store.versions(before: version).reversed().lazy.compactMap { try? verified($0, in: store) }.first
    }

    private static func verified(_ version: String, in store: ModelStore) throws -> TrainedModel {
        let model = try open(store, version: version)
        try model.verify()
        return model
    }
}
