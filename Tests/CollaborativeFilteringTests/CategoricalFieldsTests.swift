import CollaborativeFiltering
import FloatKernels
import Testing

/// Attributes as codes.
@Suite struct CategoricalFieldsTests {
    private let films = AttributeTable(rows: [
        ["genres": ["Drama", "Comedy"], "director": ["Ana Reis"]],
        ["genres": ["Drama"], "director": ["Bo Lind"]],
        ["genres": ["Comedy", "Drama"]],
        ["genres": ["Western"], "director": ["Ana Reis"]],
        [:],
    ])

    @Test func frequentValuesGetCodesInTheOrderOfTheirBytes() {
        let fields = CategoricalFields(learnedFrom: films, leastRows: 2)
        #expect(
            fields.fields == [
                CategoricalField(name: "director", codes: .values(["Ana Reis"])),
                CategoricalField(name: "genres", codes: .values(["Comedy", "Drama"])),
            ])
        #expect(fields.starts == [0, 1, 3])
        #expect(fields.count == 3)
    }

    @Test func everyKnownFieldOfARowWeighsOne() {
        let rows = CategoricalFields(learnedFrom: films, leastRows: 2).encode(films)
        #expect(rows.rowStarts == [0, 3, 4, 6, 7, 7])
        #expect(rows.columnIndices == [0, 1, 2, 2, 1, 2, 0])
        #expect(rows.values == [1, 0.5, 0.5, 1, 0.5, 0.5, 1])
    }

    @Test func aValueThatWasNotLearnedHasNoCode() {
        let fields = CategoricalFields(learnedFrom: films, leastRows: 2)
        #expect(fields.codes(of: ["genres": ["Western", "Comedy"], "country": ["PT"]]).map(\.code) == [1])
        #expect(fields.codes(of: ["genres": ["Western"]]).isEmpty)
    }

    @Test func manyDifferentNumbersAreDividedByTheirQuantiles() throws {
        let users = AttributeTable(rows: (0..<200).map { ["age": ["\($0)"], "shelf": ["\($0 % 3)"]] })
        let fields = CategoricalFields(learnedFrom: users)
        let age = try #require(fields.fields.first)
        #expect(age.codes == .intervals((1..<10).map { Float($0 * 20) }))
        #expect(fields.fields[1].codes == .values(["0", "1", "2"]))
        #expect(age.code(of: "-5") == 0)
        #expect(age.code(of: "19.5") == 0)
        #expect(age.code(of: "20") == 1)
        #expect(age.code(of: "1000") == 9)
        #expect(age.code(of: "old") == nil)
        #expect(age.code(of: "nan") == nil)
    }

    @Test func aNumberThatMostRowsHaveMakesFewerIntervals() throws {
        let users = AttributeTable(rows: (0..<400).map { ["age": ["\($0 < 300 ? 30 : $0)"]] })
        let age = try #require(CategoricalFields(learnedFrom: users).fields.first)
        #expect(age.code(of: "29") == 0)
        #expect(age.code(of: "30") == 0)
        #expect(age.code(of: "310") != age.code(of: "390"))
        #expect(age.count < 10)
    }

    @Test func aTableOfWhichNothingIsKnownHasNoCodes() {
        let fields = CategoricalFields(learnedFrom: AttributeTable(unknown: 4))
        #expect(fields.count == 0)
        #expect(fields.encode(AttributeTable(unknown: 4)).rowStarts == [0, 0, 0, 0, 0])
    }

    @Test func tensorsBringTheSameFieldsBack() {
        let numbers = (0..<100).map { ["age": ["\($0)"], "país": ["São Tomé", "Österreich", ""]] }
        for table in [films, AttributeTable(rows: numbers), AttributeTable(unknown: 2)] {
            let fields = CategoricalFields(learnedFrom: table, leastRows: 2)
            #expect(CategoricalFields(tensors: fields.tensors) == fields)
        }
        #expect(CategoricalFields(tensors: [:]) == nil)
    }
}
