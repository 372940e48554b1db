import CDashboard
import Crypto
import Foundation
import NIOCore

/// A file of the dashboard, which lies in the program itself.
struct DashboardFile: Sendable {
    /// Its name, as in `/dashboard/app.js`.
    let name: String
    let mediaType: String
    let bytes: ByteBuffer
    /// Names what is in it.
    let entityTag: String

    /// All of them.
    static let all = (0..<dashboard_file_count()).map { DashboardFile(dashboard_file_at($0)) }

    private init(_ file: dashboard_file) {
        name = String(cString: file.name)
        mediaType = Self.mediaType(of: name)
        bytes = ByteBuffer(bytes: UnsafeBufferPointer(start: file.bytes, count: file.count))
        entityTag = "\"\(Data(SHA256.hash(data: bytes.readableBytesView)).base64EncodedString())\""
    }

    private static func mediaType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}
