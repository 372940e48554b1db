import ItemContent

/// Which items a network of the trained tower may not learn from.
///
/// An output for an item that the network was trained on says how well it memorised, not how well it reads; a
/// projection fitted to such outputs would trust them too much ("stacking" needs out-of-fold outputs: Wolpert 1992;
/// "cross-fitting": Chernozhukov et al. 2018). So items are dealt into folds and network k never sees fold k.
///
/// The fold follows from title and year alone. A later `refit` hence finds the network that an item was kept from
/// without a list of items, and editions of one work, which share title and year, never stand on both sides.
enum CrossFitting {
    static let folds = 5

    /// 0 ..< folds; FNV-1a (Fowler, Noll & Vo) over the title's UTF-8, a zero byte and the year.
    static func fold(of record: ContentRecord) -> Int {
        let year = record.year.map(String.init) ?? ""
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        record.title.utf8.forEach(mix)
        mix(0)
        year.utf8.forEach(mix)
        return Int((hash >> 32) % UInt64(folds))
    }
}
