/// What the first bytes of a file say it is.
enum PosterFormat: Equatable {
    case png
    case jpeg
    /// Something that is no poster, in words a person knows.
    case other(String)

    /// Reads the signature; a file shorter than its signature is still the format it begins as.
    init(_ bytes: [UInt8]) {
        if bytes.begins(with: PNGHeader.signature) {
            self = .png
        } else if bytes.begins(with: JPEGHeader.signature) {
            self = .jpeg
        } else {
            self = .other(Self.guess(bytes))
        }
    }

    private static func guess(_ bytes: [UInt8]) -> String {
        let head = String(decoding: bytes.prefix(512), as: UTF8.self)
        if bytes.prefix(4).elementsEqual([0x89, 0x50, 0x4E, 0x47]) {
            return "a PNG whose line ends were changed, as a transfer in text mode does"
        }
        if head.hasPrefix("RIFF"), bytes.dropFirst(8).prefix(4).elementsEqual("WEBP".utf8) {
            return "it is WebP"
        }
        if bytes.dropFirst(4).prefix(4).elementsEqual("ftyp".utf8) { return "it is AVIF, HEIC or a video" }
        if let known = prefixes.first(where: { head.hasPrefix($0.prefix) }) { return "it is \(known.name)" }
        return guessText(head) ?? "its first bytes are those of no picture that is known here"
    }

    private static let prefixes: [(prefix: String, name: String)] = [
        ("GIF8", "GIF"), ("BM", "BMP"), ("II*\0", "TIFF"), ("MM\0*", "TIFF"), ("%PDF", "PDF"),
        ("8BPS", "Photoshop"),
        ("\0\0\u{1}\0", "a Windows icon"), ("PK\u{3}\u{4}", "a ZIP archive"), ("\u{1F}\u{FFFD}", "gzip"),
    ]

    /// Markup and text, as a server answers where a picture is missing.
    private static func guessText(_ head: String) -> String? {
        let start = head.drop(while: \.isWhitespace).prefix(256).lowercased()
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
            return "it is a web page, which is what a server sends in place of a missing picture"
        }
        if start.hasPrefix("<svg") || (start.hasPrefix("<?xml") && start.contains("<svg")) {
            return "it is SVG"
        }
        // The head may end inside a character.
        let scalars = head.unicodeScalars.reversed().drop { $0 == "\u{FFFD}" }
        let isText = scalars.allSatisfy {
            $0.value >= 32 && $0 != "\u{FFFD}" || [9, 10, 13].contains($0.value)
        }
        return isText && !scalars.isEmpty ? "it is text" : nil
    }
}

extension [UInt8] {
    /// Whether these bytes and `signature` agree as far as both reach.
    fileprivate func begins(with signature: [UInt8]) -> Bool {
        prefix(signature.count).elementsEqual(signature.prefix(count))
    }
}
