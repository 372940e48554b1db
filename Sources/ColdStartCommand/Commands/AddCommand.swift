import ArgumentParser
import Catalogue
import Diagnostics
import FloatKernels
import Foundation
import Recommendation

struct AddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a new item: it has its place at once, and is recommended from then on.",
        discussion: """
            Everything but the title may be missing; the more there is, the surer the place.
            Examples:
              coldstart add --title "The Quiet Harbour" --poster harbour.jpg --genre Drama --year 2026 \\
                  --description "A lighthouse keeper …" --director "Ana Reis"
              coldstart add --from arrivals.csv
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Title.") var title: String?
    @Option(help: ArgumentHelp("Poster, PNG or JPEG.", valueName: "file"), completion: .file())
    var poster: String?
    @Option(help: "Description.") var description: String?
    @Option(
        help: ArgumentHelp("Description from a file ('-' for standard input).", valueName: "file"),
        completion: .file())
    var descriptionFile: String?
    @Option(help: "Genre (may be repeated).") var genre: [String] = []
    @Option(parsing: .unconditional, help: "Year; negative before our era.") var year: Int?
    @Option(help: "Director (may be repeated).") var director: [String] = []
    @Option(
        name: .customLong("attribute"),
        help: ArgumentHelp(
            "Any other column, such as cast=Ana Reis (may be repeated).", valueName: "name=value"))
    var attributes: [String] = []
    @Option(help: "Id (default: made from title and year).") var id: String?
    @Option(
        help: ArgumentHelp("Many at once: a CSV file with the columns of items.csv.", valueName: "file.csv"),
        completion: .file())
    var from: String?
    @Option(name: .customShort("n"), help: "How many neighbours and users to show.") var count = 5

    func validate() throws {
        guard (title == nil) != (from == nil) else { throw ValidationError("give either --title or --from") }
        guard description == nil || descriptionFile == nil else {
            throw ValidationError("give --description or --description-file, not both")
        }
        guard year.map(Item.years.contains) ?? true else {
            throw ValidationError(
                "--year is a year from \(Item.years.lowerBound) to \(Item.years.upperBound)")
        }
        guard attributes.allSatisfy({ $0.contains("=") }) else {
            throw ValidationError("--attribute takes name=value, such as cast=\"Ana Reis\"")
        }
    }

    func run() throws {
        let workspace = try global.writableWorkspace()
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        let placement = ItemPlacement(workspace: workspace, pool: global.pool())
        if let from {
            try addAll(from, workspace, placement)
        } else if let title {
            let arrival = try arrival(title, workspace)
            try placement.add([arrival])
            let answer = try AddedItem(arrival.item.id, count: count, global)
            try output.print(answer) { answer.text }
        }
    }

    private func arrival(_ title: String, _ workspace: Workspace) throws -> ItemPlacement.Arrival {
        guard !title.allSatisfy(\.isWhitespace) else {
            throw Diagnostic(
                .usage, code: "item.empty_title", "the title is empty", fix: "give the item a title")
        }
        var columns: [String: [String]] = [:]
        for (name, value) in attributes.map({ $0.split(separator: "=", maxSplits: 1) }).map({
            ($0[0], $0.dropFirst().first ?? "")
        })
        where !value.isEmpty {
            columns[String(name), default: []].append(String(value))
        }
        if !director.isEmpty { columns["director", default: []] += director }
        let item = Item(
            id: try id ?? ItemID.unused(title: title, year: year, in: workspace.catalogue), title: title,
            year: year,
            genres: genre, description: try descriptionText(), attributes: columns)
        return ItemPlacement.Arrival(
            item: item, poster: try poster.map { (bytes: try PosterFile.read($0), name: $0) })
    }

    private func descriptionText() throws -> String {
        guard let descriptionFile else { return description ?? "" }
        return try IDList.read(descriptionFile).joined(separator: "\n")
    }

    /// Row by row: a row is added whole or not at all, and a bad row does not keep the others out. A row whose item is there already
    /// as the row has it is passed over, so that the same file goes on where Ctrl-C stopped it.
    private func addAll(_ path: String, _ workspace: Workspace, _ placement: ItemPlacement) throws {
        var added: [AddedItem] = []
        var faults: [Diagnostic] = []
        var unchanged = 0
        let monitor = global.monitor()
        let answers = try keeping(
            "\(added.count) items were added", "add the others, and pass over those, with"
        ) {
            try ArrivalsFile(path: path).forEachRow(monitor: monitor) { row in
                do {
                    let (item, poster) = try row.get()
                    let arrival = ItemPlacement.Arrival(
                        item: item,
                        poster: try poster.map { (bytes: try PosterFile.read($0.path), name: $0.path) })
                    guard try !placement.holds(arrival) else { return unchanged += 1 }
                    try placement.add([arrival])
                    added.append(AddedItem(id: item.id, title: item.title, year: item.year))
                } catch let fault as Diagnostic {
                    faults.append(fault)
                    global.note(fault.description)
                }
            }
            let recommender = try global.recommender()
            return try added.enumerated().map { number, item in
                try monitor.report("Finding who wants them", number, of: added.count, "items")
                return try item.completed(by: recommender, count: count)
            }
        }
        try output.print(answers) {
            answers.map(\.text).joined(separator: "\n")
                + "Added \(answers.count) items, left out \(faults.count)"
                + (unchanged > 0 ? "; \(unchanged) were there already" : "") + ".\n"
        }
        guard faults.isEmpty else {
            throw Diagnostic(
                .badData, code: "add.rows_left_out",
                "\(faults.count) of \(faults.count + added.count + unchanged) rows were left out",
                at: .init(file: path), fix: "correct the rows named above and add them again")
        }
    }
}

/// What is told of an item that was added.
struct AddedItem: Encodable {
    let id: String
    let title: String
    let year: Int?
    var provenance = Snapshot.Provenance.projected
    var variance: Float = 0
    var neighbours: [Recommender.Neighbour] = []
    var audience: [Recommender.AudienceMember] = []

    init(id: String, title: String, year: Int?) {
        self.id = id
        self.title = title
        self.year = year
    }

    init(_ id: String, count: Int, _ global: GlobalOptions) throws {
        let recommender = try global.recommender()
        let item = recommender.snapshot.row(ofItem: id).map { recommender.snapshot.items[$0].item }
        self = try AddedItem(id: id, title: item?.title ?? id, year: item?.year)
            .completed(by: recommender, count: count)
    }

    func completed(by recommender: Recommender, count: Int) throws -> AddedItem {
        var copy = self
        if let row = recommender.snapshot.row(ofItem: id) {
            copy.provenance = recommender.snapshot.items[row].provenance
            copy.variance = recommender.snapshot.items[row].variance
        }
        copy.neighbours = try recommender.neighbours(ofItem: id, count: count)
        copy.audience = try recommender.audience(ofItem: id, count: count)
        return copy
    }

    var text: String {
        """
        Added \(titled(title, year)) as \(id).
        What it is like:
        \(SimilarCommand.text(neighbours))Who is likeliest to want it:
        \(AudienceCommand.text(audience))
        """
    }
}

/// Poster files named on the command line.
enum PosterFile {
    /// The file's bytes, up to the size that the decoder accepts.
    static func read(_ path: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Diagnostic.missingFile(
                path, code: "poster.missing", fix: "check the path and its permissions")
        }
        defer { try? handle.close() }
        return Array(try handle.read(upToCount: ContentReader.maximumPosterBytes + 1) ?? Data())
    }
}
