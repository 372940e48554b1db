import ArgumentParser
import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Foundation

/// One fit of a collaborative model with any settings, and what it recommends: for scripts that tune models and judge them
/// beside others.
struct FitBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Fits a model to ratings.bin in a folder, and writes every user's best items to lists.bin.",
        discussion: """
            ratings.bin holds little-endian 32-bit words: users, items, rows, then user, item and the bits of the rating \
            (a float) of each row. lists.bin holds as many words a user as --count says. Where the folder has held.bin too, of the \
            form of ratings.bin, the root mean square error of the scores on it is printed.
            """)

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "The folder.")
    var files: String

    @Option(help: "One of: \(CollaborativeModels.names.joined(separator: ", ")).")
    var model = CollaborativeModels.names[0]

    @Option(help: ArgumentHelp("A setting of the model (may be repeated).", valueName: "name=value"))
    var set: [String] = []

    @Option(help: "Ratings from here on count as liked.")
    var threshold: Float = 4

    @Option(help: "Items of a list.")
    var count = 20

    @Option(help: "Seed of all randomness.")
    var seed: UInt64 = 1

    func run() throws {
        let folder = URL(fileURLWithPath: files)
        let ratings = try Self.ratings(folder.appendingPathComponent("ratings.bin"), threshold: threshold)
        let chosen = try ModelSettings(set).applied(to: CollaborativeModels.named(model))
        let pool = ThreadPool(threads: options.threads)
        let start = ContinuousClock.now
        let space = try chosen.fit(ratings, seed: seed, pool: pool, monitor: .silent)
        var record = BenchmarkRecord("fit", model, threads: options.threads)
        record["s"] = (ContinuousClock.now - start) / .seconds(1)
        // Asked by everything below: with layers, lists and errors go by them.
        let scan = space.scan(pool: pool)
        let held = folder.appendingPathComponent("held.bin")
        if FileManager.default.fileExists(atPath: held.path) {
            record["rmse"] = Self.error(of: space, scan, on: try Self.ratings(held, threshold: threshold))
        }
        let seen = (0..<ratings.userCount).map { user in
            ratings.ratings.entries(ofRow: user).map { ratings.ratings.columnIndices[$0] }
        }
        let lists = scan.largest(count, queries: space.queries, excluded: seen, pool: pool)
        let words = lists.flatMap { list in
            (0..<count).map { $0 < list.count ? UInt32(list[$0].index).littleEndian : .max }
        }
        try words.withUnsafeBytes { try Data($0).write(to: folder.appendingPathComponent("lists.bin")) }
        options.emit(record)
    }

    private static func error(
        of space: CollaborativeSpace, _ scan: ItemScan, on held: InteractionMatrix
    ) -> Double {
        let queries = space.queries
        let squares = (0..<held.userCount).reduce(0.0) { sum, user in
            let history = held.history(ofUser: user)
            guard !history.isEmpty else { return sum }
            let scores = scan.scores(query: queries.row(user))
            return history.reduce(sum) { sum, entry in
                let error = Double(scores[entry.item] + space.userBiases[user] - entry.rating)
                return sum + error * error
            }
        }
        return (squares / Double(max(held.count, 1))).squareRoot()
    }

    private static func ratings(_ file: URL, threshold: Float) throws -> InteractionMatrix {
        let data = try Data(contentsOf: file)
        let words = data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - 3, by: 4).map {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
            }
        }
        guard words.count >= 3, words.count == 3 + 3 * Int(words[2]) else {
            throw ValidationError("\(file.path) does not hold the rows that it announces")
        }
        return try InteractionMatrix(
            userCount: Int(words[0]), itemCount: Int(words[1]), positiveThreshold: threshold,
            rows: stride(from: 3, to: words.count, by: 3).map {
                Interaction(
                    user: Int(words[$0]), item: Int(words[$0 + 1]), rating: Float(bitPattern: words[$0 + 2]))
            })
    }
}
