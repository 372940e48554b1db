import Diagnostics
import Testing

@Suite struct SuggestionTests {
    @Test func suggestionsAreNearOrAbsent() {
        #expect(Suggestion.nearest(to: "Dramma", among: ["Comedy", "Drama"]) == "Drama")
        #expect(Suggestion.nearest(to: "zzzzzz", among: ["Comedy", "Drama"]) == nil)
        #expect(Suggestion.nearest(to: "u0011", among: ["u001", "u011"]) == "u001")
    }

    @Test func aQuestionIsAskedWhereSomethingIsNear() {
        #expect(
            Suggestion.question(for: "habour.png", among: ["harbour.png", "a"])
                == "did you mean 'harbour.png'?")
        #expect(Suggestion.question(for: "zzzzzz", among: ["harbour.png"]) == nil)
    }
}
