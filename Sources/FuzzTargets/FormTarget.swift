import ColdStartService

/// Forms with files: the first line is the content type, the rest the body.
enum FormTarget {
    static func run(_ bytes: [UInt8]) throws {
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
        let body = Array(bytes[end...].dropFirst())
        let form = try MultipartForm(body, contentType: String(decoding: bytes[..<end], as: UTF8.self))
        var size = 0
        for name in form.names {
            let texts = form.texts(name)
            precondition(!texts.isEmpty, "a name without a value")
            if texts.count == 1 {
                let text = try form.text(name)
                precondition(text == texts[0], "one value is the value")
            }
            // A byte that is not UTF-8 becomes one character of three.
            size += texts.reduce(0) { $0 + $1.utf8.count } / 3
        }
        precondition(size <= body.count, "fields are longer than the body")
    }
}
