package import Diagnostics
package import FloatKernels
package import ItemContent
import NeuralNetwork

/// Turns content records into feature views; everything it knows was learned from the items it was fitted to.
package struct ContentEncoder: Sendable {
    let genres: TermWeighting
    /// One weighting a further categorical column, by column name.
    let columns: [(name: String, weighting: TermWeighting)]
    let title: TermWeighting
    let description: TermWeighting
    let yearScale: YearScale
    let shape: ShapeScale
    /// Nil where the catalogue has too little text, or too few posters.
    let textTower: TextTower?
    let posterTower: PosterTower?
    /// Nil unless it was asked for, see `trainTower`.
    var trainedTower: TrainedTower?

    /// Learns vocabularies, scales and the towers that need no labels; answers the items learned from, encoded.
    package static func learn(
        from records: [ContentRecord], seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> (encoder: ContentEncoder, items: EncodedItems) {
        try monitor.report("Reading texts", 0)
        let tokens = TokenizedRecords(records)
        let names = Set(records.flatMap(\.categories.keys)).sorted()
        let posters = records.compactMap(\.poster)
        let poster =
            posters.count >= PosterTower.minimumPosters
            ? try PosterTower.learn(from: posters, seed: seed, pool: pool, monitor: monitor) : nil
        let encoder = ContentEncoder(
            genres: TermWeighting(fitting: records.map(\.genres), weighsFrequency: false),
            columns: names.map { name in
                (name, TermWeighting(fitting: records.map { $0.categories[name] ?? [] }))
            },
            title: TermWeighting(fitting: tokens.titles, minimumDocuments: 2),
            description: TermWeighting(
                fitting: tokens.descriptions, minimumDocuments: TextTower.minimumDocuments, maximumShare: 0.3),
            yearScale: YearScale(fitting: records.compactMap(\.year)),
            shape: ShapeScale(fitting: records, tokens),
            textTower: try TextTower.learn(
                from: tokens.descriptions.filter { !$0.isEmpty }, seed: seed, pool: pool, monitor: monitor),
            posterTower: poster?.tower)
        return (encoder, encoder.encode(records, tokens, posters: poster?.embedding, pool: pool))
    }

    /// Encodes any items. Unknown genres, names and words are passed over.
    ///
    /// - Parameter areLearned: whether a projection is (or was) fitted to the placements of these items. Then the
    ///   trained tower's view of each comes from the network that has not seen the item; else from all of them.
    package func encode(
        _ records: [ContentRecord], areLearned: Bool = false, pool: ThreadPool,
        monitor: WorkMonitor = .silent
    ) throws -> EncodedItems {
        let tokens = TokenizedRecords(records)
        let posters = try posterTower?.embed(
            records.compactMap(\.poster), pool: pool, monitor: monitor)
        var items = encode(records, tokens, posters: posters, pool: pool)
        items["trained"] = try trainedTower?.read(
            TowerContent(records, tokens, items, words: textTower?.words),
            areLearned ? .outOfFold : .mean, pool: pool, monitor: monitor)
        return items
    }

    /// Trains networks on the placements of items and adds their view of these items, cross-fitted; does neither
    /// where there are too few items.
    package mutating func trainTower(
        on records: [ContentRecord], _ items: inout EncodedItems, placements: Matrix, epochs: Int,
        seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws {
        let content = TowerContent(records, TokenizedRecords(records), items, words: textTower?.words)
        trainedTower = try TrainedTower.learn(
            from: content, metadataLayout, placements: placements, startingWords: textTower?.vectors,
            epochs: epochs, seed: seed, pool: pool, monitor: monitor)
        items["trained"] = try trainedTower?.read(content, .outOfFold, pool: pool, monitor: monitor)
    }

    /// Terms or dimensions of every view that `encode` gives.
    var viewWidths: [String: Int] {
        var widths = [
            "genres": genres.terms.count, "title": title.terms.count, "description": description.terms.count,
            "year": 1, "shape": ShapeScale.count,
        ]
        for (name, weighting) in columns { widths["column." + name] = weighting.terms.count }
        widths["text"] = textTower?.dimensions
        if let posterTower {
            widths["poster"] = posterTower.dimensions
            for statistics in PosterStatistics.allCases { widths[statistics.view] = statistics.count }
        }
        widths["trained"] = trainedTower?.network.extents.outputs
        return widths
    }

    private var metadataLayout: MetadataLayout {
        MetadataLayout([("genres", genres)] + columns.map { ("column." + $0.name, $0.weighting) })
    }

    /// Every view but that of the trained tower; `posters` has a row for every item with a poster.
    private func encode(
        _ records: [ContentRecord], _ tokens: TokenizedRecords, posters: Matrix?, pool: ThreadPool
    ) -> EncodedItems {
        var items = EncodedItems(count: records.count)
        items["genres"] = .terms(genres.rows(records.map(\.genres)))
        for (name, weighting) in columns {
            items["column." + name] = .terms(weighting.rows(records.map { $0.categories[name] ?? [] }))
        }
        items["year"] = yearScale.view(records)
        items["shape"] = shape.view(records, tokens)
        for (name, view) in wordViews(tokens, pool: pool) { items[name] = view }
        if let posters {
            for (name, rows) in posterRows(records.compactMap(\.poster), embedded: posters, pool: pool) {
                items[name] = Self.posterView(records, rows)
            }
        }
        return items
    }

    /// The views that look at single words.
    func wordViews(_ tokens: TokenizedRecords, pool: ThreadPool) -> [String: FeatureView] {
        var views = [
            "title": FeatureView.terms(title.rows(tokens.titles)),
            "description": .terms(description.rows(tokens.descriptions)),
        ]
        if let textTower {
            let (points, present) = textTower.embed(tokens.descriptions, pool: pool)
            views["text"] = .points(points, present: present)
        }
        return views
    }

    /// The rows of posters in the views that look at them.
    func posterRows(_ posters: [RGBImage], embedded: Matrix, pool: ThreadPool) -> [String: Matrix] {
        var rows = ["poster": embedded]
        for statistics in PosterStatistics.allCases {
            rows[statistics.view] = statistics.rows(posters, pool: pool)
        }
        return rows
    }

    private static func posterView(_ records: [ContentRecord], _ embedded: Matrix) -> FeatureView {
        let rows = records.indices.filter { records[$0].poster != nil }
        let width = embedded.columns
        var points = Matrix(rows: records.count, columns: width)
        var present = [Bool](repeating: false, count: records.count)
        for (place, row) in rows.enumerated() {
            present[row] = true
            points.elements.replaceSubrange((row * width)..<((row + 1) * width), with: embedded.row(place))
        }
        return .points(points, present: present)
    }
}

/// Titles and descriptions cut into words, once.
struct TokenizedRecords {
    let titles: [[String]]
    let descriptions: [[String]]

    init(titles: [[String]], descriptions: [[String]]) {
        self.titles = titles
        self.descriptions = descriptions
    }

    init(_ records: [ContentRecord]) {
        let tokenizer = Tokenizer()
        titles = records.map { tokenizer.tokens($0.title) }
        descriptions = records.map { tokenizer.tokens($0.description) }
    }
}

extension ContentEncoder {
    func write(to file: inout TensorFileWriter, as name: String) {
        genres.write(to: &file, as: name + ".genres")
        title.write(to: &file, as: name + ".title")
        description.write(to: &file, as: name + ".description")
        file.add(name + ".columns", strings: columns.map(\.name))
        for (column, weighting) in columns { weighting.write(to: &file, as: "\(name).column.\(column)") }
        file.add(name + ".year", shape: [2], floats: [yearScale.centre, yearScale.spread])
        file.add(name + ".shape.mean", shape: [shape.mean.count], floats: shape.mean)
        file.add(name + ".shape.deviation", shape: [shape.mean.count], floats: shape.deviation)
        textTower?.write(to: &file, as: name + ".text")
        posterTower?.write(to: &file, as: name + ".poster")
        trainedTower?.write(to: &file, as: name + ".trained")
    }

    init(from file: TensorFile, _ name: String) throws {
        genres = try TermWeighting(from: file, name + ".genres")
        title = try TermWeighting(from: file, name + ".title")
        description = try TermWeighting(from: file, name + ".description")
        columns = try file.strings(name + ".columns").map { column in
            (column, try TermWeighting(from: file, "\(name).column.\(column)"))
        }
        let year = try file.floats(name + ".year", shape: [2])
        yearScale = YearScale(centre: year[0], spread: year[1])
        shape = ShapeScale(
            mean: try file.floats(name + ".shape.mean", shape: [ShapeScale.count]),
            deviation: try file.floats(name + ".shape.deviation", shape: [ShapeScale.count]))
        textTower = file.contains(name + ".text.vectors") ? try TextTower(from: file, name + ".text") : nil
        posterTower =
            file.contains(name + ".poster.mean") ? try PosterTower(from: file, name + ".poster") : nil
        if file.contains(name + ".trained.extents") {
            trainedTower = try TrainedTower(
                from: file, name + ".trained", layout: metadataLayout,
                vocabulary: textTower?.words.terms.count ?? 0)
        }
    }
}
