import Diagnostics
import Testing

@Suite struct DiagnosticTests {
    @Test func exitCodesAreThoseOfTheContract() {
        let codes: [(Diagnostic.Kind, Int32)] = [
            (.usage, 64), (.badData, 65), (.missingInput, 66), (.unavailable, 69), (.interrupted, 130),
            (.other, 1),
        ]
        for (kind, code) in codes { #expect(kind.exitCode == code) }
    }

    @Test func readsAsPlaceMessageAndFixOnOneLine() {
        let error = Diagnostic(
            .badData, code: "x.y", "the rating 'abc' is no number",
            at: .init(file: "ratings.csv", line: 12, column: 3),
            fix: "write it with digits")
        #expect(error.description == "ratings.csv:12:3: the rating 'abc' is no number; write it with digits")
    }

    @Test func aPlaceThatIsKnownIsKept() {
        let bare = Diagnostic(.badData, code: "x.y", "m", fix: "f")
        let placed = bare.located(at: .init(file: "a", line: 1))
        #expect(placed.location?.file == "a")
        #expect(placed.located(at: .init(file: "b")).location?.file == "a")
    }

    @Test func aMonitorThatIsToldToStopStopsTheWork() {
        let monitor = WorkMonitor(onUpdate: { _ in }, shouldStop: { true })
        #expect(throws: Diagnostic.interrupted) { try monitor.report("stage", 1, of: 2) }
        #expect(throws: Never.self) { try WorkMonitor.silent.report("stage", 1) }
    }
}
