import Foundation
import Synchronization

/// Ctrl-C as a wish: the first asks the work to stop at the next safe place, the second ends the process.
enum Interrupt {
    private static let wasAsked = Atomic<Bool>(false)

    /// Starts to listen; the result says whether somebody asked to stop.
    static func watch() -> @Sendable () -> Bool {
        signal(SIGINT) { _ in
            if Interrupt.wasAsked.exchange(true, ordering: .relaxed) { _exit(130) }
        }
        return { wasAsked.load(ordering: .relaxed) }
    }
}
