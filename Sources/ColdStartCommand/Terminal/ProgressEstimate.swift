import Foundation

/// How fast a stage goes, from reports that come when they come: the last seconds count, those before less and less.
package struct ProgressEstimate: Sendable {
    /// Seconds after which what was seen counts a third.
    private static let memory = 8.0

    private var last: (seconds: Double, completed: Int, count: Int)
    /// What was done, what was counted, and in how many seconds; each faded alike.
    private var (completed, counted, seconds) = (0.0, 0.0, 0.0)

    /// - Parameters:
    ///   - seconds: the time, on any clock.
    ///   - completed: steps done when the stage began.
    ///   - count: what was counted by then.
    package init(at seconds: Double, completed: Int, count: Int) {
        last = (seconds, completed, count)
    }

    /// Takes a report of so many steps and so many things counted. Where one of them falls, all begins anew: another file.
    package mutating func take(at now: Double, completed steps: Int, count: Int) {
        guard steps >= last.completed, count >= last.count else {
            self = ProgressEstimate(at: now, completed: steps, count: count)
            return
        }
        // What comes in one moment is taken as one: a difference of nothing says nothing.
        guard steps > last.completed || count > last.count, now > last.seconds else { return }
        let kept = exp(-(now - last.seconds) / Self.memory)
        completed = kept * completed + Double(steps - last.completed)
        counted = kept * counted + Double(count - last.count)
        seconds = kept * seconds + now - last.seconds
        last = (now, steps, count)
    }

    /// Counted a second; nil before anything was.
    package var rate: Double? { counted > 0 && seconds > 0 ? counted / seconds : nil }

    /// Seconds left until `total` steps; nil where nobody can know.
    package func left(until total: Int?, at now: Double) -> Double? {
        guard let total, completed > 0, seconds > 0, total > last.completed else { return nil }
        let speed = completed / seconds
        return max(Double(total - last.completed) / speed - (now - last.seconds), 0)
    }
}
