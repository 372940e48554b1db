import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation

/// An error as HTTP says it: problem details (RFC 9457), with the stable code and the fix that every `Diagnostic` has.
package struct Problem: Error, Encodable {
    private enum CodingKeys: CodingKey {
        case type, title, status, code, detail, fix, instance, requestId
    }

    let status: HTTPResponse.Status
    let code: String
    let detail: String
    let fix: String
    /// The path that was asked for.
    var instance: String?
    var requestId: String?
    /// Seconds after which to try again.
    var retryAfter: Int?
    /// Headers that belong to the status, such as `Allow`.
    var headers = HTTPFields()

    init(_ status: HTTPResponse.Status, _ code: String, _ detail: String, fix: String) {
        self.status = status
        self.code = code
        self.detail = detail
        self.fix = fix
    }

    /// What any error comes to. One that nobody foresaw tells nothing of itself.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem:
            self = problem
        case let diagnostic as Diagnostic:
            self.init(diagnostic)
        case let error as any HTTPResponseError where error.status == .contentTooLarge:
            self.init(
                .contentTooLarge, "request.too_large", "the request's body is too large",
                fix: "send less at a time, or a smaller poster")
        case let error as any HTTPResponseError where error.status == .notFound:
            self.init(
                .notFound, "request.unknown_path", "there is nothing at this path",
                fix: "see /openapi.json for what there is")
        case let error as any HTTPResponseError where error.status.code < 500:
            self.init(
                error.status, "request.malformed", error.status.reasonPhrase.lowercased(),
                fix: "see /openapi.json for how to ask")
        default:
            self.init(
                .internalServerError, "internal", "the service failed to answer",
                fix: "look for the request's id in the service's log")
        }
    }

    /// The status that goes with a diagnostic.
    private init(_ diagnostic: Diagnostic) {
        let status: HTTPResponse.Status =
            switch (diagnostic.kind, diagnostic.code) {
            case (_, "item.exists"), (_, "training.running"): .conflict
            case (_, "model.none"), (.unavailable, _), (.interrupted, _): .serviceUnavailable
            case (.usage, _): .badRequest
            case (.badData, _): .unprocessableContent
            case (.missingInput, _): .notFound
            case (.other, _): .internalServerError
            }
        // Its place in the workspace is the owner's business, not the network's.
        self.init(status, diagnostic.code, diagnostic.message, fix: diagnostic.fix)
        if status == .serviceUnavailable { retryAfter = 5 }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("about:blank", forKey: .type)
        try container.encode(status.reasonPhrase, forKey: .title)
        try container.encode(status.code, forKey: .status)
        try container.encode(code, forKey: .code)
        try container.encode(detail, forKey: .detail)
        try container.encode(fix, forKey: .fix)
        try container.encodeIfPresent(instance, forKey: .instance)
        try container.encodeIfPresent(requestId, forKey: .requestId)
    }

    /// As JSON.
    var bytes: ByteBuffer {
        // Texts and whole numbers, which JSON always has.
        ByteBuffer(bytes: (try? StableJSON.encode(self, pretty: false)) ?? Data())
    }

    /// The answer to the client.
    var response: Response {
        var response = Answer.bytes(bytes, "application/problem+json", status: status)
        response.headers.append(contentsOf: headers)
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }
}
