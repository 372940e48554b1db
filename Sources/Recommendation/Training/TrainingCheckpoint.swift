import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Foundation
import NeuralNetwork

/// What an interrupted training leaves to the next one of the same options on the same catalogue: which model was chosen, and the
/// space that it learned. Both give the bits that learning them again would give.
struct TrainingCheckpoint {
    /// What there is so far.
    struct Contents {
        /// What the models reached, where one was to be chosen, and which was.
        var choice: (model: String, trials: [ModelChoice.Trial])?
        /// What was learned from ratings.
        var learned: LearnedSpace?

        var isEmpty: Bool { choice == nil && learned == nil }
    }

    /// In the folder of the models; pruning takes it away with what else is not finished.
    static let name = "interrupted-training.partial"

    private let path: String
    /// What must be equal for the results to be.
    private let key: String

    private static let keyName = "training", choiceName = "choice", modelName = "model"

    init(in store: ModelStore, key: String) {
        path = store.directory + "/" + Self.name
        self.key = key
    }

    /// Whether there is one of this training.
    var exists: Bool { (try? TensorFile(path: path))?.texts[Self.keyName] == key }

    /// What there is; nothing where it is of another training, or damaged.
    func read() -> Contents {
        guard FileManager.default.fileExists(atPath: path), let file = try? TensorFile(path: path),
            file.texts[Self.keyName] == key
        else { return Contents() }
        var contents = Contents()
        if let model = file.texts[Self.modelName], let json = file.texts[Self.choiceName],
            let trials = try? StableJSON.decode([ModelChoice.Trial].self, from: Data(json.utf8))
        {
            contents.choice = (model, trials)
        }
        if file.contains("items.vectors") { contents.learned = try? LearnedSpace(from: file) }
        return contents
    }

    /// Keeps what there is, if it is anything. That the disk is full does not count: then there is no more than before.
    func write(_ contents: Contents) {
        guard !contents.isEmpty else { return }
        var file = TensorFileWriter()
        file.texts[Self.keyName] = key
        if let choice = contents.choice, let json = try? StableJSON.encode(choice.trials, pretty: false) {
            file.texts[Self.modelName] = choice.model
            file.texts[Self.choiceName] = String(decoding: json, as: UTF8.self)
        }
        contents.learned?.write(to: &file)
        do { _ = try file.write(to: path) } catch { remove() }
    }

    /// The training is done.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

extension TrainingPipeline {
    /// What an interrupted training with these options has left, in words.
    public func remains(of options: Options) -> String {
        guard let checkpoint = try? checkpoint(options) else { return "the active version is as it was" }
        return checkpoint.exists
            ? "what was learned from ratings is kept; the active version is as it was"
            : "the active version is as it was"
    }

    func checkpoint(_ options: Options) throws -> TrainingCheckpoint {
        let parts: [any Sendable] = [
            Release.version, try workspace.catalogue.revision(), pool.threads, options.seed,
            options.model ?? "", options.loss?.rawValue ?? "", options.dimensions ?? 0, options.epochs ?? 0,
            options.negatives?.rawValue ?? "",
        ]
        return TrainingCheckpoint(in: store, key: parts.map { "\($0)" }.joined(separator: " "))
    }
}
