import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation

/// Makes responses.
enum Answer {
    /// A value as JSON; keys in snake_case, and in one order.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        // Values of this target hold no floats that JSON lacks, so this cannot fail.
        let data = (try? StableJSON.encode(value, pretty: false)) ?? Data("{}".utf8)
        return bytes(ByteBuffer(bytes: data), "application/json", status: status)
    }

    /// Bytes of a media type.
    static func bytes(
        _ buffer: ByteBuffer, _ mediaType: String, status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(
            status: status,
            headers: [.contentType: mediaType, .contentLength: "\(buffer.readableBytes)"],
            body: ResponseBody(byteBuffer: buffer))
    }

    /// Nothing but a status.
    static func empty(_ status: HTTPResponse.Status) -> Response { Response(status: status) }
}

extension Request {
    /// The answer that `make` gives, or 304 where the client has it: answers change with nothing but the model version and
    /// the catalogue's revision.
    func conditional(on state: ServingState, _ make: () async throws -> Response) async throws -> Response {
        let tag = state.entityTag
        if method == .get || method == .head, headers[values: .ifNoneMatch].contains(where: { $0.names(tag) })
        {
            return Response(status: .notModified, headers: [.eTag: tag])
        }
        var response = try await make()
        response.headers[.eTag] = tag
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }
}

extension ServingState {
    /// Names model version and revision.
    var entityTag: String { "\"\(version ?? "none").\(revision)\"" }
}

extension String {
    /// Whether a value of If-None-Match names a tag.
    fileprivate func names(_ tag: String) -> Bool {
        split(separator: ",").contains { candidate in
            let name = candidate.trimmingCharacters(in: .whitespaces)
            return name == "*" || name == tag || name == "W/" + tag
        }
    }
}
