import NIOCore
import Recommendation
import Synchronization

/// Answers that were computed from the latest state, by what was asked: nothing but a new state makes another of them.
final class AnswerCache: Sendable {
    /// An answer, and the new items that it shows.
    struct Entry: Sendable {
        let bytes: ByteBuffer
        let newItems: [Int64]
    }

    private struct Contents {
        var state: ServingState?
        var entries: [String: Entry] = [:]
        var size = 0
    }

    /// Bytes from which on everything is forgotten.
    private static let capacity = 64 << 20

    private let contents = Mutex(Contents())

    /// The answer to a question, if it was asked since `state` became the latest.
    func answer(to question: String, from state: ServingState) -> Entry? {
        contents.withLock { $0.state === state ? $0.entries[question] : nil }
    }

    /// Keeps an answer from `state` until there is a later one.
    func keep(_ entry: Entry, to question: String, from state: ServingState) {
        contents.withLock { contents in
            if contents.state !== state {
                // An answer from an earlier state came late.
                if let latest = contents.state, latest.revision > state.revision { return }
                contents = Contents(state: state)
            }
            if contents.size > Self.capacity { contents = Contents(state: state) }
            contents.size += entry.bytes.readableBytes + question.utf8.count
            contents.entries[question] = entry
        }
    }
}
