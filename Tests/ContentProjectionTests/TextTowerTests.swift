import ContentProjection
import Diagnostics
import FloatKernels
import Foundation
import ItemContent
import Testing

@Suite struct TextTowerTests {
    private let pool = ThreadPool(threads: 2)

    private func documents() -> [[Int32]] {
        var generator = RandomGenerator(seed: 4)
        return (0..<12).map { _ in
            (0..<generator.index(below: 30)).map { _ in Int32(generator.index(below: 9)) }
        }
    }

    @Test func countsAreThoseOfEveryPairInTheWindow() {
        let documents = documents()
        var naive = Matrix(rows: 9, columns: 9)
        for text in documents {
            for i in text.indices {
                for j in text.indices where i != j && abs(i - j) <= 3 {
                    naive[Int(text[i]), Int(text[j])] += 1 / Float(abs(i - j))
                }
            }
        }
        let counts = CooccurrenceCounts(documents, wordCount: 9, window: 3, pool: pool).rows.dense
        // Sums of some dozens of thirds, in another order.
        #expect(counts.distance(to: naive) < 200 * 20 * .ulpOfOne)
        #expect(counts.distance(to: counts.transposed) < 200 * 20 * .ulpOfOne)
    }

    @Test func informationOfAKnownTable() {
        // Words 0 and 1 always stand together, 2 and 3 too: p(w, c) = 1/4, p(w) = 1/4, and smoothing changes nothing
        // where all contexts are alike, so that PMI = ln(.25 / (.25 · .25)) = ln 4.
        let counts = CooccurrenceCounts([[0, 1], [2, 3]], wordCount: 4, window: 2, pool: pool)
        let information = counts.positiveMutualInformation().dense
        #expect(abs(Double(information[0, 1]) - Foundation.log(4.0)) < 1e-6)
        #expect(information[0, 2] == 0 && information[0, 0] == 0)
    }

    @Test func textsOfOneThemeLieTogether() throws {
        let catalogue = PlantedCatalogue(count: 90, seed: 5)
        let texts = catalogue.records.map { $0.description.split(separator: " ").map(String.init) }
        let tower = try #require(try TextTower.learn(from: texts, seed: 1, pool: pool, monitor: .silent))
        let (points, present) = tower.embed(texts + [["nowhere"], []], pool: pool)
        #expect(present == texts.map { _ in true } + [false, false])
        let cosines = matrixProduct(points, points, transposingB: true, pool: pool)
        var (within, across) = ([Float](), [Float]())
        for a in texts.indices {
            for b in 0..<a {
                if catalogue.themeOf[a] == catalogue.themeOf[b] {
                    within.append(cosines[a, b])
                } else {
                    across.append(cosines[a, b])
                }
            }
        }
        let mean = { (values: [Float]) in values.reduce(0, +) / Float(values.count) }
        #expect(mean(within) > 0.5 && mean(across) < 0)
    }

    @Test func tooFewWordsGiveNoTower() throws {
        let texts = [["a", "b"], ["a", "b"], ["a", "b"]]
        #expect(try TextTower.learn(from: texts, seed: 1, pool: pool, monitor: .silent) == nil)
    }
}
