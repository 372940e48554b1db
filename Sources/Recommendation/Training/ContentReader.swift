public import Catalogue
import ContentProjection
public import Diagnostics
public import FloatKernels
public import ItemContent

/// Reads what the content model wants to know of items: their row in the catalogue, and their poster, decoded and
/// brought to the network's size, so that a catalogue of posters fits into memory.
public struct ContentReader: Sendable {
    private let posters: PosterStore
    private let pool: ThreadPool

    /// Reads posters from the store, decoding on the pool's threads.
    public init(posters: PosterStore, pool: ThreadPool) {
        self.posters = posters
        self.pool = pool
    }

    /// One record an item, in order, posters decoded on all threads.
    ///
    /// - Throws: `poster.…` naming the file that is missing or damaged.
    public func records(of items: [Item], monitor: WorkMonitor = .silent) throws -> [ContentRecord] {
        var records: [ContentRecord] = []
        records.reserveCapacity(items.count)
        let block = 128 * pool.threads
        for start in stride(from: 0, to: items.count, by: block) {
            try monitor.report("Opening posters", start, of: items.count, "items")
            records += try read(Array(items[start..<min(start + block, items.count)]))
        }
        return records
    }

    private func read(_ items: [Item]) throws -> [ContentRecord] {
        var results = [Result<ContentRecord, any Error>?](repeating: nil, count: items.count)
        results.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let results = buffer
            pool.forEachRange(items.count) { range in
                for row in range {
                    results[row] = Result { try record(items[row]) }
                }
            }
        }
        return try results.compactMap { try $0?.get() }
    }

    /// The record of one item.
    func record(_ item: Item) throws -> ContentRecord {
        let poster = try item.poster.map { reference in
            try Self.networkSized(posters.bytes(reference), name: posters.path(of: reference))
        }
        return ContentRecord(item, poster: poster)
    }

    /// Larger files are not read as posters.
    public static let maximumPosterBytes = PosterDecoder.maximumFileSize

    /// A poster file's picture in the network's size.
    public static func networkSized(_ bytes: [UInt8], name: String) throws -> RGBImage {
        try PosterDecoder.decode(
            bytes, name: name, atLeast: (width: PosterTower.inputWidth, height: PosterTower.inputHeight)
        ).resampled(width: PosterTower.inputWidth, height: PosterTower.inputHeight)
    }
}

extension ContentRecord {
    /// The content of a catalogue item.
    init(_ item: Item, poster: RGBImage?) {
        self.init(
            title: item.title, year: item.year, genres: item.genres, description: item.description,
            categories: item.attributes, poster: poster)
    }
}
