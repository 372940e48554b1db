import ContentProjection
import Foundation
import Testing

@Suite struct TermWeightingTests {
    private let documents = [["a", "a", "b"], ["a", "c"], ["c", "b"], ["d"]]

    @Test func weightsAreThoseOfTheFormula() throws {
        let weighting = TermWeighting(fitting: documents)
        let row = weighting.rows([documents[0]])
        // (1 + ln 2) ln(4/2) for a, ln(4/2) for b: the common factor goes with the length.
        let a = 1 + Foundation.log(2.0)
        let length = (a * a + 1).squareRoot()
        let column = try #require(weighting.index(of: "a"))
        let entry = try #require(row.columns.firstIndex(of: Int32(column)))
        #expect(abs(Double(row.values[entry]) - a / length) < 1e-6)
        #expect(row.columns.count == 2)
    }

    @Test func unknownTermsArePassedOver() {
        let weighting = TermWeighting(fitting: documents)
        #expect(weighting.rows([["x", "y"]]).isEmpty(row: 0))
        #expect(weighting.rows([["x", "d"]]).values == [1])
    }

    @Test func rareAndCommonTermsAreLeftOut() {
        let weighting = TermWeighting(fitting: documents, minimumDocuments: 2)
        #expect(Set(weighting.terms) == ["a", "b", "c"])
        let few = TermWeighting(fitting: documents + [["a"]], minimumDocuments: 1, maximumShare: 0.5)
        #expect(!few.terms.contains("a"))
    }

    @Test func withoutFrequencyAllTermsWeighTheSame() {
        let row = TermWeighting(fitting: documents, weighsFrequency: false).rows([["a", "d"]])
        #expect(row.values == [Float(0.5).squareRoot(), Float(0.5).squareRoot()])
    }

    @Test func aTermThatEveryItemHasStillCountsAlone() {
        #expect(TermWeighting(fitting: [["a"], ["a"]]).rows([["a"]]).values == [1])
    }
}
