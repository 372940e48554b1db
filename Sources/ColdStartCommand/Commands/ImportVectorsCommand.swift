import ArgumentParser
import Catalogue
import Diagnostics
import Recommendation

struct ImportVectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-vectors",
        abstract:
            "Take over the item and user vectors of another recommender, and place new items among them.",
        discussion: """
            Example: coldstart import-vectors --items items.npy --item-ids items.txt --users users.npy --user-ids users.txt

            Files are .npy, .safetensors (tensors 'items', 'item_biases' and 'users'; ids in the metadata as 'item_ids' and \
            'user_ids', one a line, or in files of their own) or .csv (a header line; an id, then the numbers, a column 'bias' \
            where there are biases). A score is the product of both vectors, plus the item's bias. Ratings in the catalogue \
            serve users who come later. 'coldstart export vectors --only new' gives the rows of new items back.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Vectors of the items, one a row.", completion: .file())
    var items: String

    @Option(
        help: "Ids of the items in the order of the rows: text with one a line, or CSV with a header line.",
        completion: .file())
    var itemIds: String?

    @Option(
        help:
            "Biases of the items in the order of the rows: .npy, or tensor 'item_biases' of a .safetensors file.",
        completion: .file())
    var itemBiases: String?

    @Option(
        help:
            "Vectors of the users, as long as those of the items; without them ratings say where users are.",
        completion: .file())
    var users: String?

    @Option(help: "Ids of the users in the order of the rows.", completion: .file())
    var userIds: String?

    @Flag(help: "Leave out items that the catalogue does not have.")
    var skipUnknown = false

    @Option(help: "Seed of all randomness: same seed and threads, same model, byte for byte.")
    var seed: UInt64 = 1

    private struct Answer: Encodable {
        let imported: TrainingPipeline.ImportCounts
        let card: ModelCard
    }

    mutating func validate() throws {
        if userIds != nil && users == nil { throw ValidationError("--user-ids goes with --users FILE") }
    }

    func run() throws {
        let workspace = try global.writableWorkspace()
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        let monitor = global.monitor()
        try keeping("nothing was taken over", "take them over with") {
            try monitor.report("Reading vectors", 0)
        }
        let items = try VectorFile(.items, path: items, idsPath: itemIds, biasesPath: itemBiases)
        let users = try users.map { try VectorFile(.users, path: $0, idsPath: userIds) }
        let pipeline = TrainingPipeline(workspace: workspace, pool: global.pool(), monitor: monitor)
        let (outcome, counts) = try keeping("the active version is as it was", "take them over with") {
            try pipeline.importVectors(
                items: items, users: users, skippingUnknown: skipUnknown, seed: seed)
        }
        for remark in Self.remarks(counts) { global.note(remark) }
        try output.print(Answer(imported: counts, card: outcome.card)) { TrainingSummary(outcome).text }
    }

    private static func remarks(_ counts: TrainingPipeline.ImportCounts) -> [String] {
        var remarks = [
            "took over the vectors of \(counts.items.grouped) items"
                + (counts.users > 0 ? " and \(counts.users.grouped) users" : "")
        ]
        if counts.zeroItems > 0 {
            remarks.append(
                "\(counts.zeroItems.grouped) items have a zero vector, so nothing has been learned of them: "
                    + "they are placed by their content")
        }
        if counts.unknownItems > 0 {
            remarks.append("left out \(counts.unknownItems.grouped) items that the catalogue does not have")
        }
        if counts.addedUsers > 0 {
            remarks.append("\(counts.addedUsers.grouped) users are new to the catalogue and were added")
        }
        return remarks
    }
}
