import ColdStartService

/// The query of a request for a list, with all its parameters.
enum QueryTarget {
    static func run(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        let query = try Query(text: text, knowing: ListRequest.parameters)
        let values = ListRequest.parameters.flatMap { query.all($0) }
        precondition(
            values.reduce(0) { $0 + $1.utf8.count } <= text.utf8.count, "values are longer than the query")
        for name in ListRequest.parameters {
            precondition(query[name] == query.all(name).last, "the last counts")
        }
        _ = try ListRequest(query)
    }
}
