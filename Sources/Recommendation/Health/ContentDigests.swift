import Catalogue
import NeuralNetwork

/// What the content of items was when a version was made, as a number each: what has changed since is found by comparing.
struct ContentDigests {
    /// By the item's key in the catalogue.
    private var digests: [Int64: UInt64] = [:]

    private static let keys = "content.keys", values = "content.digests"

    init(_ items: some Sequence<StoredItem>) {
        for item in items { digests[item.key] = Self.digest(of: item.item) }
    }

    /// Nil in models of before there was that.
    init?(from file: TensorFile) throws {
        guard file.contains(Self.keys) else { return nil }
        let keys = try file.int64s(Self.keys)
        let values = try file.int64s(Self.values, shape: [keys.count])
        digests = Dictionary(
            zip(keys, values.map(UInt64.init(bitPattern:))), uniquingKeysWith: { $1 })
    }

    func write(to file: inout TensorFileWriter) {
        let keys = digests.keys.sorted()
        file.add(Self.keys, shape: [keys.count], int64s: keys)
        file.add(
            Self.values, shape: [keys.count],
            int64s: keys.map { Int64(bitPattern: digests[$0] ?? 0) })
    }

    /// Whether the version has seen the item, and seen it otherwise.
    func hasChanged(_ item: StoredItem) -> Bool {
        digests[item.key].map { $0 != Self.digest(of: item.item) } ?? false
    }

    /// FNV-1a of 64 bits over all that a projection reads, each part with its length before it.
    static func digest(of item: Item) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        func take(_ number: Int) {
            for shift in stride(from: 0, to: 64, by: 8) { take(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        func take(_ text: String) {
            take(text.utf8.count)
            for byte in text.utf8 { take(byte) }
        }
        func take(_ texts: [String]) {
            take(texts.count)
            for text in texts { take(text) }
        }
        take(item.title)
        take(item.year ?? .min)
        take(item.genres)
        take(item.description)
        take(item.poster?.digest ?? "")
        for (name, values) in item.attributes.sorted(by: { $0.key < $1.key }) {
            take(name)
            take(values)
        }
        return hash
    }
}
