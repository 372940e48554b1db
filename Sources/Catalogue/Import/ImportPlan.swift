import Diagnostics
import Foundation

/// Finds out which files to read, what is in each, and in which order.
struct ImportPlan {
    let files: [ImportFile]
    var warnings: [String] = []

    /// - Throws: A `Diagnostic` where a path is missing, a folder holds nothing known or two layouts at once, or the
    ///   header of a file is that of no known file.
    init(paths: [String], format: ImportFormat) throws {
        var files: [ImportFile] = []
        for path in paths {
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            if exists, isDirectory.boolValue {
                files += try Self.files(in: path, format: format)
            } else {
                files.append(try Self.checked(Self.classify(path), format: format))
            }
        }
        for file in files where file.content == .nothing {
            let what =
                file.layout == .recBole
                ? "knowledge graphs, links and networks of RecBole" : "links and tags of MovieLens"
            warnings.append("\(file.path): \(what) are not imported")
        }
        self.files =
            files.enumerated()
            .sorted { ($0.element.content.rawValue, $0.offset) < ($1.element.content.rawValue, $1.offset) }
            .map(\.element).filter { $0.content != .nothing }
    }

    private static let namesInFolder = [
        "items.csv", "users.csv", "ratings.csv", "movies.csv", "movies.dat", "users.dat", "ratings.dat",
        "u.item",
        "u.user", "u.data",
    ]

    private static func files(in folder: String, format: ImportFormat) throws -> [ImportFile] {
        var found: [ImportFile] = []
        for name in namesInFolder {
            let path = (folder as NSString).appendingPathComponent(name)
            for candidate in [path, path + ".gz"] where FileManager.default.fileExists(atPath: candidate) {
                let file = try classify(candidate)
                if format.allows(file.layout) { found.append(file) }
                break
            }
        }
        if format.allows(.recBole) { found += try atomicFiles(in: folder) }
        let place = Diagnostic.Location(file: folder)
        guard let first = found.first else {
            throw Diagnostic(
                .missingInput, code: "import.nothing_found", "the folder holds no file that can be imported",
                at: place,
                fix: "it should hold some of " + namesInFolder.joined(separator: ", ")
                    + ", or RecBole's .item, .user and .inter, plain or .gz")
        }
        if let other = found.first(where: { $0.layout != first.layout }) {
            throw Diagnostic(
                .badData, code: "import.two_layouts",
                "the folder holds files of two layouts, \(first.layout.rawValue) and \(other.layout.rawValue)",
                at: place, fix: "choose one with --format, or name the files one by one")
        }
        return found
    }

    /// RecBole's files, which are named after their data set. One folder holds one, with ratings in as many files as it likes.
    private static func atomicFiles(in folder: String) throws -> [ImportFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = try names.sorted().filter { name in
            let plain = plainName(name)
            // MovieLens 100K also has files of such names. Of a file and its .gz the file is taken.
            return !name.hasPrefix(".") && !namesInFolder.contains(plain)
                && RecBole.content(ofFileNamed: plain) != nil
                && (!name.lowercased().hasSuffix(".gz") || !names.contains(String(name.dropLast(3))))
        }.map { try classify((folder as NSString).appendingPathComponent($0)) }
        for content in [ImportFile.Content.items, .users] {
            let same = files.filter { $0.content == content }.map { ($0.path as NSString).lastPathComponent }
            guard same.count < 2 else {
                throw Diagnostic(
                    .badData, code: "import.two_data_sets",
                    "the folder holds files of two data sets, \(same[0]) and \(same[1])",
                    at: Diagnostic.Location(file: folder), fix: "name the files of one of them one by one")
            }
        }
        return files.contains { $0.content != .nothing } ? files : []
    }

    /// The name of a file in small letters, without `.gz`.
    private static func plainName(_ path: String) -> String {
        let name = (path as NSString).lastPathComponent.lowercased()
        return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    }

    /// By name where it says it all, else by the header line.
    private static func classify(_ path: String) throws -> ImportFile {
        let name = plainName(path)
        switch name {
        case "u.item": return ImportFile(path: path, content: .items, layout: .movieLens100K)
        case "u.user": return ImportFile(path: path, content: .users, layout: .movieLens100K)
        case "u.data": return ImportFile(path: path, content: .ratings, layout: .movieLens100K)
        case "movies.dat": return ImportFile(path: path, content: .items, layout: .movieLens1M)
        case "users.dat": return ImportFile(path: path, content: .users, layout: .movieLens1M)
        case "ratings.dat": return ImportFile(path: path, content: .ratings, layout: .movieLens1M)
        default:
            if let content = RecBole.content(ofFileNamed: name) {
                return ImportFile(path: path, content: content, layout: .recBole)
            }
            return try classifyByHeader(path)
        }
    }

    private static func classifyByHeader(_ path: String) throws -> ImportFile {
        let columns = Set(try CSVReader(path: path).columns)
        let content: ImportFile.Content
        let layout: ImportFile.Layout
        if columns.contains("movieId") {
            layout = .movieLensCSV
            content = columns.contains("title") ? .items : columns.contains("rating") ? .ratings : .nothing
        } else if columns.contains("item_id") {
            layout = .coldstart
            content = columns.contains("user_id") || columns.contains("rating") ? .ratings : .items
        } else if columns.contains("user_id") {
            layout = .coldstart
            content = columns.contains("rating") ? .ratings : .users
        } else {
            throw Diagnostic(
                .badData, code: "import.unknown_header",
                "the header names neither 'item_id' nor 'user_id' nor MovieLens' 'movieId'",
                at: Diagnostic.Location(file: path, line: 1),
                fix: "begin items with 'item_id,title,…', users with 'user_id,…', "
                    + "ratings with 'user_id,item_id,rating,timestamp'")
        }
        return ImportFile(path: path, content: content, layout: layout)
    }

    private static func checked(_ file: ImportFile, format: ImportFormat) throws -> ImportFile {
        guard format.allows(file.layout) else {
            throw Diagnostic(
                .badData, code: "import.other_format", "this is a file of the layout \(file.layout.rawValue)",
                at: Diagnostic.Location(file: file.path), fix: "leave --format out")
        }
        return file
    }
}

extension ImportFormat {
    fileprivate func allows(_ layout: ImportFile.Layout) -> Bool {
        switch self {
        case .auto: true
        case .coldstart: layout == .coldstart
        case .movielens: layout != .coldstart && layout != .recBole
        case .recbole: layout == .recBole
        }
    }
}
