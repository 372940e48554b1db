import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Recommendation

/// Makes responses.
enum Answer {
    /// A value as JSON; keys in snake_case, and in one order.
    ///
    /// - Throws: where a number is none that JSON has.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        bytes(
            ByteBuffer(bytes: try StableJSON.encode(value, pretty: false)), "application/json", status: status
        )
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
    /// The answer that `make` gives, or 304 where the client has it.
    ///
    /// - Parameter tag: names what is in the answer; another tag, another answer.
    func conditional(
        onTag tag: String, caching: String = "private, no-cache", _ make: () async throws -> Response
    ) async throws -> Response {
        let isKnown =
            (method == .get || method == .head) && headers[values: .ifNoneMatch].contains { $0.names(tag) }
        var response = isKnown ? Answer.empty(.notModified) : try await make()
        response.headers[.eTag] = tag
        response.headers[.cacheControl] = caching
        return response
    }

    /// The same for what changes with nothing but the model version and the catalogue's revision.
    func conditional(on state: ServingState, _ make: () async throws -> Response) async throws -> Response {
        try await conditional(onTag: state.entityTag, make)
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
            return name == tag || name == "W/" + tag
        }
    }
}
