import ColdStartCommand
import Diagnostics
import Testing

@Suite struct ProgressLineTests {
    private func update(_ completed: Int, of total: Int?, unit: String? = "ratings", count: Int? = nil)
        -> WorkMonitor.Update
    {
        WorkMonitor.Update(
            stage: "Learning from ratings", completed: completed, total: total, unit: unit, count: count,
            note: "loss 0.2310")
    }

    @Test func saysWhatThereIsToSay() {
        let line = ProgressLine(update(500, of: 2_000), elapsed: 65, rate: 7.14, left: 200)
        #expect(
            line.plain
                == "Learning from ratings: 25 %, 500 of 2,000 ratings, 7.1 ratings/s, loss 0.2310, 1 min 05 s, 3 min 20 s left"
        )
        let bytes = ProgressLine(update(500, of: 1_000, count: 12_345), elapsed: 1, rate: 12_345, left: 0.4)
        #expect(
            bytes.plain
                == "Learning from ratings: 50 %, 12,345 ratings, 12,345 ratings/s, loss 0.2310, 1 s, under 1 s left"
        )
        let unknown = ProgressLine(update(7, of: nil, unit: nil), elapsed: 9, rate: nil, left: nil)
        #expect(unknown.plain == "Learning from ratings: loss 0.2310, 9 s")
    }

    @Test func neverIsWiderThanTheTerminal() {
        let line = ProgressLine(update(500, of: 2_000), elapsed: 65, rate: 7.14, left: 200)
        for columns in 0..<200 { #expect(line.live(columns: columns).count <= columns) }
        #expect(line.live(columns: 180).contains("██████··················"))
        #expect(line.live(columns: 30).hasPrefix("Learning from ratings"))
    }

    @Test func theRateFollowsTheLastSecondsAndTheTimeLeftFollowsIt() throws {
        var estimate = ProgressEstimate(at: 0, completed: 0, count: 0)
        #expect(estimate.rate == nil && estimate.left(until: 100, at: 1) == nil)
        for second in 1...10 {
            estimate.take(at: Double(second), completed: 10 * second, count: 1_000 * second)
        }
        #expect(abs(try #require(estimate.rate) - 1_000) < 1e-6)
        #expect(abs(try #require(estimate.left(until: 200, at: 10)) - 10) < 1e-6)
        // While nothing is told, the time goes on.
        #expect(abs(try #require(estimate.left(until: 200, at: 13)) - 7) < 1e-6)
        // Half as fast: soon it is believed, and not at once.
        for second in 11...40 {
            let steps = 100 + 5 * (second - 10)
            estimate.take(at: Double(second), completed: steps, count: 100 * steps)
            let rate = try #require(estimate.rate)
            #expect(rate > 499 && rate < 1_000)
            if second == 11 { #expect(rate > 900) }
        }
        #expect(try #require(estimate.rate) < 520)
        // Another file of the same stage begins anew.
        estimate.take(at: 41, completed: 260, count: 3)
        #expect(estimate.rate == nil)
        #expect(estimate.left(until: 260, at: 42) == nil)
    }
}
