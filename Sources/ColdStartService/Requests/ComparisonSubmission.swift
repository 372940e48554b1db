import Catalogue
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation

/// Two posters with the item that they are for, as a form.
struct ComparisonSubmission {
    /// The item without a poster; it is in no catalogue.
    let item: Item
    /// Files, by the names of their fields.
    let posters: [Explainer.PosterFile]

    private static let posterFields = ["poster_a", "poster_b"]

    /// Reads a request.
    ///
    /// - Throws: 413, 415, 422 and 400, as `Problem`.
    init(_ request: Request, upTo limit: Int) async throws {
        guard request.mediaType == "multipart/form-data" else {
            throw Problem(
                .unsupportedMediaType, "request.media_type", "the body is not said to be a form",
                fix: "send it as multipart/form-data, as browsers and curl -F do")
        }
        let body = try await request.bytes(upTo: limit)
        let form = try MultipartForm(
            Array(body.readableBytesView), contentType: request.headers[.contentType] ?? "")
        for name in ["id", "poster"] where form.names.contains(name) {
            throw Problem(
                .unprocessableContent, "request.unknown_property", "there is no property '\(name)' here",
                fix: name == "id" ? "leave it out: nothing is stored" : "give 'poster_a' and 'poster_b'")
        }
        posters = try Self.posterFields.map { name in
            guard let bytes = try form.bytes(name), !bytes.isEmpty else {
                throw Body.missing(name, "a PNG or JPEG, as a file")
            }
            return (bytes, name)
        }
        let submission = try ItemSubmission(form, apartFrom: Set(Self.posterFields))
        try submission.check()
        item = submission.item(id: "compared")
    }
}
