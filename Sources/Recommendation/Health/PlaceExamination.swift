import Catalogue
import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent

/// Whether new items stand where the active version puts the content that they have now.
struct PlaceExamination {
    let workspace: Workspace
    let models: ModelStore
    /// Items whose content can be read.
    let entries: [StoredItem]
    let pool: ThreadPool
    let monitor: WorkMonitor

    /// Items that are placed anew; of more, evenly spread ones.
    private static let mostItems = 5_000
    private static let blockSize = 256
    /// How far a place may be off, in standard deviations: as far as another order of summing moves it, and a thousand times.
    private static let tolerance: Float = 0.01

    /// - Throws: what reading throws, or `interrupted`.
    func checks() throws -> [HealthFinding] {
        guard let version = models.current() else { return [] }
        let model = try TrainedModel.open(models, version: version)
        let learned = Set(try model.collaborative().itemIDs)
        let stored = Dictionary(
            uniqueKeysWithValues: try workspace.catalogue.vectors(version: version).map { ($0.itemKey, $0) })
        let new = entries.filter { stored[$0.key] != nil && !learned.contains($0.item.id) }
        guard !new.isEmpty else { return [] }
        let step = (new.count + Self.mostItems - 1) / Self.mostItems
        let looked = stride(from: 0, to: new.count, by: step).map { new[$0] }
        let moved = try moved(looked, stored, try model.projection())
        let range = looked.count == new.count ? "\(new.count)" : "\(looked.count) looked at, of \(new.count)"
        guard !moved.isEmpty else {
            return [
                HealthFinding("places", .sound, "new items stand where their content puts them (\(range))")
            ]
        }
        return [
            HealthFinding(
                "places", .stale,
                "\(moved.count) new items stand where other content put them than they have now (\(range))",
                examples: moved, command: "retrain")
        ]
    }

    /// Ids of items that content puts elsewhere by now.
    private func moved(
        _ items: [StoredItem], _ stored: [Int64: ItemVector], _ projection: ContentProjection
    ) throws -> [String] {
        let reader = ContentReader(posters: workspace.posters, pool: pool)
        var moved: [String] = []
        for start in stride(from: 0, to: items.count, by: Self.blockSize) {
            try monitor.report("Placing items anew", start, of: items.count, "items")
            let block = try readable(items[start..<min(start + Self.blockSize, items.count)], reader)
            let projected = try projection.project(block.map(\.record), pool: pool)
            for (row, entry) in block.map(\.entry).enumerated() {
                guard let known = stored[entry.key] else { continue }
                let vector = projected.vectors.row(row)
                let isFinite = known.vector.allSatisfy(\.isFinite) && known.bias.isFinite
                let squares = zip(vector + [projected.biases[row]], known.vector + [known.bias])
                    .reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                let bound = Self.tolerance * Self.tolerance * max(known.variance, .leastNormalMagnitude)
                if vector.count != known.vector.count || !isFinite || squares > bound {
                    moved.append(entry.item.id)
                }
            }
        }
        return moved
    }

    /// Those whose posters can be decoded: that one cannot is said where posters are looked at, or was when it came.
    private func readable(
        _ items: ArraySlice<StoredItem>, _ reader: ContentReader
    ) throws -> [(entry: StoredItem, record: ContentRecord)] {
        do {
            return Array(zip(items, try reader.records(of: items.map(\.item))))
        } catch let fault as Diagnostic where fault.code.hasPrefix("poster.") {
            return items.compactMap { entry in (try? reader.record(entry.item)).map { (entry, $0) } }
        }
    }
}
