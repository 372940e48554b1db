package import FloatKernels
package import ItemContent

extension ContentProjection {
    /// Reads an item that nobody has rated.
    package func read(_ record: ContentRecord, pool: ThreadPool) throws -> ContentReading {
        ContentReading(
            record: record, tokens: TokenizedRecords([record]),
            items: try encoder.encode([record], pool: pool))
    }

    /// Where content puts the item.
    package func place(_ reading: ContentReading, pool: ThreadPool) -> Projected {
        project(reading.items, pool: pool)
    }

    /// The words of title and description that some view knows, each once, in the order of the texts.
    package func words(of reading: ContentReading) -> [ContentReading.Word] {
        var seen = Set<ContentReading.Word>()
        let titles = reading.tokens.titles[0].filter { encoder.title.index(of: $0) != nil }
        let descriptions = reading.tokens.descriptions[0].filter {
            encoder.description.index(of: $0) != nil || encoder.textTower?.words.index(of: $0) != nil
        }
        return (titles.map { .init(.title, $0) } + descriptions.map { .init(.description, $0) }).filter {
            seen.insert($0).inserted
        }
    }

    /// Where content would put the item if one of its words stood nowhere in that text, a row a word.
    ///
    /// How much text there is counts as before, and so does what a trained network made of it.
    package func places(
        of reading: ContentReading, without words: [ContentReading.Word], pool: ThreadPool
    ) -> Projected {
        func texts(_ text: ContentReading.Word.Text, _ tokens: [String]) -> [[String]] {
            words.map { word in word.text == text ? tokens.filter { $0 != word.word } : tokens }
        }
        let tokens = TokenizedRecords(
            titles: texts(.title, reading.tokens.titles[0]),
            descriptions: texts(.description, reading.tokens.descriptions[0]))
        return project(
            reading.repeated(words.count, with: encoder.wordViews(tokens, pool: pool)), pool: pool)
    }

    /// Where content would put the item with other posters, a row each; as it is where posters are not looked at. A trained
    /// network's view stays.
    package func places(
        of reading: ContentReading, withPosters posters: [RGBImage], pool: ThreadPool
    ) throws -> Projected {
        var views: [String: FeatureView] = [:]
        if let tower = encoder.posterTower, reading.record.poster != nil {
            let rows = encoder.posterRows(
                posters, embedded: try tower.embed(posters, pool: pool), pool: pool)
            let present = [Bool](repeating: true, count: posters.count)
            views = rows.mapValues { .points($0, present: present) }
        }
        return project(reading.repeated(posters.count, with: views), pool: pool)
    }

    /// Where content would put the item if nothing but some kinds of it were known.
    ///
    /// - Parameter kinds: by the names of `ProjectionReport.Modality`.
    package func place(
        _ reading: ContentReading, knowingOnly kinds: Set<String>, pool: ThreadPool
    ) -> Projected {
        var known = EncodedItems(count: 1)
        for (name, view) in reading.items.views {
            known[name] = kinds.contains(WeightSearch.modality(name)) ? view : view.withoutContent
        }
        return project(known, pool: pool)
    }

    /// The kinds of content that an item has and that its place depends on, ascending.
    package func kinds(of reading: ContentReading) -> [String] {
        Set(regression.views.filter { reading.items[$0]?.isPresent(0) ?? false }.map(WeightSearch.modality))
            .sorted()
    }

    /// What every kind of content adds to the place of an item.
    package func parts(of reading: ContentReading, pool: ThreadPool) -> PlacementParts {
        var sums: [String: [Double]] = [:]
        let outputs = mean.count
        var first = 0
        for part in [regression.vector, regression.bias] {
            let own = part.kernels
            var factors = FactorGrams(of: own.kernels, reading.items, support, pool: pool)
            for (kernel, weight) in zip(own.kernels, own.weights) {
                let added = matrixProduct(factors.product(kernel), part.coefficients, pool: pool)
                let kinds = Set(kernel.views.map(WeightSearch.modality)).sorted()
                let share = Double(gain * weight) / Double(kinds.count)
                for kind in kinds {
                    var sum = sums[kind] ?? [Double](repeating: 0, count: outputs)
                    for column in 0..<added.columns {
                        sum[first + column] += share * Double(added[0, column])
                    }
                    sums[kind] = sum
                }
            }
            first += part.coefficients.columns
        }
        return PlacementParts(
            unknown: mean.map(Double.init), kinds: sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
}

extension FeatureView {
    /// Rows of which nothing is known.
    fileprivate var withoutContent: FeatureView {
        switch self {
        case .terms(let rows):
            .terms(
                SparseRows(
                    width: rows.width, starts: [Int](repeating: 0, count: rows.count + 1), columns: [],
                    values: []))
        case .points(let points, let present):
            .points(points, present: [Bool](repeating: false, count: present.count))
        }
    }
}
