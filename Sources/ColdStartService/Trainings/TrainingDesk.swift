import Catalogue
import Diagnostics
import FloatKernels
import Foundation
import Logging
import Recommendation
import Synchronization

/// Trains beside the answers: one training at a time, on threads of its own that give way to everything else.
///
/// What was asked for is kept in a file of the workspace, so that after a restart it is known what became of it.
final class TrainingDesk: Sendable {
    private struct Books {
        /// From the oldest to the newest.
        var trainings: [Training] = []
        var shouldStop = false
        var watchers: [Int: AsyncStream<Training>.Continuation] = [:]
        var nextWatcher = 0
    }

    /// Trainings that are remembered.
    private static let mostKept = 50

    private let live: LiveCatalogue
    private let workspace: Workspace
    private let threads: Int
    private let logger: Logger
    private let books: Mutex<Books>
    private var file: String { workspace.directory + "/trainings.json" }

    /// Opens the books of a workspace. What was running when they were closed has been interrupted.
    init(_ live: LiveCatalogue, _ workspace: Workspace, threads: Int, logger: Logger) {
        self.live = live
        self.workspace = workspace
        self.threads = threads
        self.logger = logger
        let data = FileManager.default.contents(atPath: workspace.directory + "/trainings.json")
        var books = Books()
        books.trainings = data.flatMap { try? StableJSON.decode([Training].self, from: $0) } ?? []
        for index in books.trainings.indices where !books.trainings[index].state.isOver {
            books.trainings[index].state = .interrupted
            books.trainings[index].endedAt = Clock.now()
            books.trainings[index].message = "the service ended before the training did; ask for it again"
        }
        self.books = Mutex(books)
        save()
    }

    /// All that are remembered, the newest first.
    var all: [Training] { books.withLock { $0.trainings.reversed() } }

    /// The one that runs.
    var running: Training? { books.withLock { $0.trainings.last.flatMap { $0.state.isOver ? nil : $0 } } }

    /// The training of an id.
    ///
    /// - Throws: `training.unknown`.
    func training(_ id: String) throws -> Training {
        guard let training = books.withLock({ $0.trainings.last { $0.id == id } }) else {
            throw Self.unknown(id)
        }
        return training
    }

    private static func unknown(_ id: String) -> Diagnostic {
        Diagnostic(
            .missingInput, code: "training.unknown", "there is no training '\(id)'",
            fix: "see /v1/trainings for those there are")
    }

    /// Begins a training.
    ///
    /// - Throws: `training.running` while another one runs.
    func start(_ order: TrainingOrder) throws -> Training {
        let training = try books.withLock { books in
            if let last = books.trainings.last, !last.state.isOver {
                throw Diagnostic(
                    .unavailable, code: "training.running", "training \(last.id) is running",
                    fix: "wait for it, or cancel it with DELETE /v1/trainings/\(last.id)")
            }
            let number = (books.trainings.last?.id.dropFirst()).flatMap { Int($0) } ?? 0
            let training = Training(id: "t\(number + 1)", kind: order.kind, createdAt: Clock.now())
            books.trainings.append(training)
            books.trainings.removeFirst(max(0, books.trainings.count - Self.mostKept))
            books.shouldStop = false
            return training
        }
        save()
        let thread = Thread { [self] in run(order) }
        thread.name = "coldstart.training"
        thread.stackSize = 8 << 20
        thread.qualityOfService = .background
        thread.start()
        return training
    }

    /// Asks a training to stop.
    func cancel(_ id: String) throws -> Training {
        _ = try training(id)
        change { books in
            // Only the newest can run.
            guard let last = books.trainings.indices.last, books.trainings[last].id == id,
                books.trainings[last].state == .running
            else { return }
            books.trainings[last].state = .cancelling
            books.shouldStop = true
        }
        return try training(id)
    }

    /// What becomes of a training, from now until it ends.
    func events(of id: String) throws -> AsyncStream<Training> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Training.self, bufferingPolicy: .bufferingNewest(1))
        let (training, number) = try books.withLock { books in
            guard let training = books.trainings.last(where: { $0.id == id }) else { throw Self.unknown(id) }
            books.nextWatcher += 1
            if !training.state.isOver { books.watchers[books.nextWatcher] = continuation }
            return (training, books.nextWatcher)
        }
        continuation.yield(training)
        if training.state.isOver { continuation.finish() }
        continuation.onTermination = { [weak self] _ in
            self?.books.withLock { _ = $0.watchers.removeValue(forKey: number) }
        }
        return stream
    }

    /// Stops what runs, and gives it a moment to end.
    func shutDown() {
        change { $0.shouldStop = true }
        let deadline = ContinuousClock.now + .seconds(5)
        while running != nil, ContinuousClock.now < deadline { usleep(20_000) }
    }

    private func run(_ order: TrainingOrder) {
        giveWay()
        let start = ContinuousClock.now
        let monitor = WorkMonitor { [self] update in
            change { books in
                let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
                if let last = books.trainings.indices.last {
                    books.trainings[last].take(update, after: seconds)
                }
            }
        } shouldStop: { [self] in
            books.withLock { $0.shouldStop }
        }
        do {
            let pool = ThreadPool(threads: threads)
            let outcome = try live.train { [workspace] exclusively in
                try order.run(
                    TrainingPipeline(
                        workspace: workspace, pool: pool, monitor: monitor, exclusively: exclusively))
            }
            logger.notice(
                "trained", metadata: ["version": "\(outcome.card.version)", "active": "\(outcome.isActive)"])
            end { training in
                training.version = outcome.card.version
                training.state = outcome.isActive ? .succeeded : .keptInactive
                training.message =
                    outcome.isActive
                    ? nil : "it ranks held-out items worse than the active version, which goes on answering"
            }
        } catch let diagnostic as Diagnostic where diagnostic.kind == .interrupted {
            end { $0.state = .cancelled }
        } catch {
            logger.error("training failed", metadata: ["error": "\(error)"])
            end { training in
                training.state = .failed
                training.message = (error as? Diagnostic).map { "\($0.message); \($0.fix)" } ?? "it failed"
            }
        }
    }

    private func end(_ body: (inout Training) -> Void) {
        change { books in
            guard let last = books.trainings.indices.last else { return }
            body(&books.trainings[last])
            books.trainings[last].endedAt = Clock.now()
        }
        save()
    }

    /// Changes the books and tells who watches the newest training.
    private func change(_ body: (inout Books) -> Void) {
        let (training, watchers) = books.withLock { books in
            body(&books)
            let isOver = books.trainings.last?.state.isOver ?? true
            defer { if isOver { books.watchers = [:] } }
            return (books.trainings.last, Array(books.watchers.values))
        }
        // Outside the lock, which a watcher that leaves takes.
        guard let training else { return }
        for watcher in watchers {
            watcher.yield(training)
            if training.state.isOver { watcher.finish() }
        }
    }

    private func save() {
        let trainings = books.withLock { $0.trainings }
        do {
            try DurableFile.write(try StableJSON.encode(trainings), to: file)
        } catch {
            logger.error("trainings cannot be written down", metadata: ["error": "\(error)"])
        }
    }

    /// Puts this thread, and those that it starts, behind all that answer requests.
    private func giveWay() {
        #if os(Linux)
            // Of a thread, on Linux.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
        #endif
    }
}
