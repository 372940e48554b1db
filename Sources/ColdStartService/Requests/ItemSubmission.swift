import Catalogue
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation

/// An item as a client sends it: JSON with the poster in base64, or a form with the poster as a file.
struct ItemSubmission {
    /// What becomes of the poster that an item has.
    enum Poster {
        /// It stays, where there is one.
        case kept
        case none
        case file([UInt8])
    }

    var id: String?
    var title: String
    var year: Int?
    var genres: [String]
    var description: String
    var attributes: [String: [String]]
    var poster: Poster

    private static let properties = [
        "id", "title", "year", "genres", "description", "attributes", "poster",
    ]

    /// Reads a request.
    ///
    /// - Throws: 413, 415, 422 and 400, as `Problem`.
    init(_ request: Request, upTo limit: Int) async throws {
        if request.mediaType == "multipart/form-data" {
            let body = try await request.bytes(upTo: limit)
            try self.init(
                try MultipartForm(
                    Array(body.readableBytesView), contentType: request.headers[.contentType] ?? ""))
        } else {
            try self.init(try await request.body(upTo: limit))
        }
        try check()
    }

    private init(_ body: Body) throws {
        try body.expect(Self.properties)
        id = try body.optional("id", "text")
        title = try body.required("title", "text")
        year = try body.integer("year", in: Limits.years)
        genres = try body.optional("genres", "a list of texts") ?? []
        description = try body.optional("description", "text") ?? ""
        attributes = try body.optional("attributes", "an object of lists of texts") ?? [:]
        poster = body.has("poster") ? .none : .kept
        guard let text: String = try body.optional("poster", "a PNG or JPEG in base64") else { return }
        guard let data = Data(base64Encoded: text), !data.isEmpty else {
            throw Body.invalid("poster", "a PNG or JPEG in base64")
        }
        poster = .file(Array(data))
    }

    /// The fields of a form, but for those that are something else's.
    ///
    /// - Throws: 422, as `Problem`; nothing is said of what no catalogue holds, see `check`.
    init(_ form: MultipartForm, apartFrom others: Set<String> = []) throws {
        id = try form.text("id")
        guard let title = try form.text("title") else { throw Body.missing("title", "text") }
        self.title = title
        year = try form.text("year").map { text in
            guard let year = Int(decimal: text), Limits.years.contains(year) else {
                throw Body.invalid(
                    "year", "a whole number from \(Limits.years.lowerBound) to \(Limits.years.upperBound)")
            }
            return year
        }
        genres = form.texts("genre") + form.texts("genres")
        description = try form.text("description") ?? ""
        let own = others.union(Self.properties + ["genre"])
        attributes = Dictionary(
            uniqueKeysWithValues: form.names.filter { !own.contains($0) }.map { ($0, form.texts($0)) })
        // Browsers send an empty file where none was chosen.
        poster = try form.bytes("poster").map { $0.isEmpty ? .kept : .file($0) } ?? .kept
    }

    /// Refuses what no catalogue holds.
    ///
    /// - Throws: 422, as `Problem`.
    func check() throws {
        try Limits.check(title, "title", longest: Limits.title)
        guard !title.unicodeScalars.allSatisfy(\.properties.isWhitespace) else {
            throw Body.invalid("title", "text that is not blank")
        }
        try id.map { try Limits.check(id: $0) }
        try Limits.check(description, "description", longest: Limits.description)
        guard genres.count <= Limits.values else {
            throw Body.invalid("genres", "a list of at most \(Limits.values) texts")
        }
        for genre in genres { try Limits.check(genre, "genres", longest: Limits.title) }
        guard attributes.count <= Limits.columns, attributes.values.allSatisfy({ $0.count <= Limits.values })
        else {
            throw Body.invalid(
                "attributes", "an object of at most \(Limits.columns) lists of at most \(Limits.values) texts"
            )
        }
        for (name, values) in attributes { try Limits.check(column: name, values) }
    }

    /// The item without its poster, under an id that it brings or is given.
    func item(id: String) -> Item {
        Item(
            id: id, title: title, year: year, genres: genres.filter { !$0.isEmpty }, description: description,
            attributes: attributes.mapValues { $0.filter { !$0.isEmpty } })
    }

    /// The item, under an id that it brings or is given.
    ///
    /// - Parameter known: what the catalogue has under the id.
    func arrival(id: String, replacing known: Item? = nil) -> ItemPlacement.Arrival {
        var item = item(id: id)
        switch poster {
        case .kept:
            item.poster = known?.poster
            return ItemPlacement.Arrival(item: item)
        case .none: return ItemPlacement.Arrival(item: item)
        case .file(let bytes): return ItemPlacement.Arrival(item: item, poster: (bytes, "poster"))
        }
    }
}
