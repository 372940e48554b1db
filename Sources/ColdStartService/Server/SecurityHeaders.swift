import HTTPTypes
import Hummingbird

/// Headers that keep browsers from taking an answer for something else.
enum SecurityHeaders {
    private static let always: HTTPFields = {
        var fields = HTTPFields()
        fields[.xContentTypeOptions] = "nosniff"
        for (name, value) in [
            ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ] {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }()

    /// For answers that bring no policy of their own: data, which loads nothing and stands in no frame.
    private static let dataPolicy = "default-src 'none'; frame-ancestors 'none'"

    static func add(to response: inout Response) {
        response.headers.append(contentsOf: always)
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = dataPolicy
        }
    }
}
