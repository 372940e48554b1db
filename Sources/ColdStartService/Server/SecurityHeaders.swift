import HTTPTypes
import Hummingbird

/// Headers that keep browsers from taking an answer for something else.
enum SecurityHeaders {
    /// Unless a route says otherwise an answer is data, which loads nothing and stands in no frame.
    private static let standard: [HTTPField] = [
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ].compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }

    /// Adds those that an answer lacks.
    static func add(to response: inout Response) {
        for field in standard where response.headers[field.name] == nil {
            response.headers.append(field)
        }
    }
}
