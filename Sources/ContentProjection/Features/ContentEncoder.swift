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

    /// Learns vocabularies, scales and towers from the items.
    package static func learn(
        from records: [ContentRecord], seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> ContentEncoder {
        let tokens = TokenizedRecords(records)
        let names = Set(records.flatMap(\.categories.keys)).sorted()
        let posters = records.compactMap(\.poster)
        return ContentEncoder(
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
            posterTower: posters.count >= PosterTower.minimumPosters
                ? try PosterTower.learn(from: posters, seed: seed, pool: pool, monitor: monitor) : nil)
    }

    /// Encodes any items, those learned from or new ones. Unknown genres, names and words are passed over.
    package func encode(
        _ records: [ContentRecord], pool: ThreadPool, monitor: WorkMonitor = .silent
    ) throws -> EncodedItems {
        let tokens = TokenizedRecords(records)
        var items = EncodedItems(count: records.count)
        items["genres"] = .terms(genres.rows(records.map(\.genres)))
        for (name, weighting) in columns {
            items["column." + name] = .terms(weighting.rows(records.map { $0.categories[name] ?? [] }))
        }
        items["title"] = .terms(title.rows(tokens.titles))
        items["description"] = .terms(description.rows(tokens.descriptions))
        items["year"] = yearScale.view(records)
        items["shape"] = shape.view(records, tokens)
        if let textTower {
            let (points, present) = textTower.embed(tokens.descriptions, pool: pool)
            items["text"] = .points(points, present: present)
        }
        if let posterTower {
            items["poster"] = try Self.posterView(records, tower: posterTower, pool: pool, monitor: monitor)
        }
        return items
    }

    private static func posterView(
        _ records: [ContentRecord], tower: PosterTower, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> FeatureView {
        let rows = records.indices.filter { records[$0].poster != nil }
        let embedded = try tower.embed(rows.compactMap { records[$0].poster }, pool: pool, monitor: monitor)
        var points = Matrix(rows: records.count, columns: tower.dimensions)
        var present = [Bool](repeating: false, count: records.count)
        let width = tower.dimensions
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
        posterTower = file.contains(name + ".poster.mean") ? try PosterTower(from: file, name + ".poster") : nil
    }
}
