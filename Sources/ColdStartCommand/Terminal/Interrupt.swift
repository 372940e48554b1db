import Foundation
import Synchronization

/// Ctrl-C, or SIGTERM, as a wish: the first asks the work to stop at the next safe place, the second ends the process.
enum Interrupt {
    private static let wasAsked = Atomic<Bool>(false)
    /// Whether there is work that asks.
    private static let isWatched = Atomic<Bool>(false)

    /// Takes the signals. Until there is work that asks, they end the process at once, with a word.
    static func listen() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { _ in
                let isSecond = Interrupt.wasAsked.exchange(true, ordering: .relaxed)
                guard isSecond || !Interrupt.isWatched.load(ordering: .relaxed) else { return }
                // Nothing but what a signal's handler may do.
                let text: StaticString = "\ncoldstart: stopped on request; what was written before is whole\n"
                _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
                _exit(130)
            }
        }
    }

    /// Whether somebody asked to stop.
    static var isAsked: Bool { wasAsked.load(ordering: .relaxed) }

    /// From now on work asks; the result says whether somebody asked to stop.
    static func watch() -> @Sendable () -> Bool {
        isWatched.store(true, ordering: .relaxed)
        return { isAsked }
    }
}
