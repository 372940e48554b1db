import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// An OpenAPI document as far as a test needs it: its operations, and whether a value is what a schema says.
struct OpenAPIDocument {
    struct Operation {
        let method: HTTPRequest.Method
        let responses: [String: Any]
    }

    let operations: [String: Operation]
    private let components: [String: Any]

    init(_ document: [String: Any]) throws {
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        components = try #require(document["components"] as? [String: Any])
        var operations: [String: Operation] = [:]
        for methods in paths.values {
            for (name, value) in methods {
                guard let value = value as? [String: Any], let id = value["operationId"] as? String else {
                    continue
                }
                operations[id] = Operation(
                    method: try #require(HTTPRequest.Method(rawValue: name.uppercased())),
                    responses: value["responses"] as? [String: Any] ?? [:])
            }
        }
        self.operations = operations
    }

    /// Holds an answer against what the operation says of its status.
    func check(_ answer: JSONAnswer, of operation: Operation, _ what: Comment) throws {
        let found = try #require(
            operation.responses["\(answer.status)"] as? [String: Any], "\(what): \(answer.status)")
        let response = resolved(found, under: "responses")
        guard let content = response["content"] as? [String: Any] else {
            #expect(answer.response.body.readableBytes == 0, what)
            return
        }
        let mediaType = answer.response.headers[.contentType]?.prefix { $0 != ";" } ?? ""
        let entry = try #require(content[String(mediaType)] as? [String: Any], "\(what): \(mediaType)")
        guard let schema = entry["schema"] as? [String: Any], mediaType.hasSuffix("json") else { return }
        let value = try JSONSerialization.jsonObject(with: Data(answer.response.body.readableBytesView))
        #expect(faults(value, schema, "") == [], what)
    }

    /// What is wrong with a value of a named schema.
    func faults(_ value: Any, _ name: String) -> [String] {
        faults(value, ["$ref": "#/components/schemas/\(name)"], "")
    }

    private func resolved(_ object: [String: Any], under kind: String) -> [String: Any] {
        guard let reference = object["$ref"] as? String else { return object }
        let name = reference.components(separatedBy: "/").last ?? ""
        return (components[kind] as? [String: Any])?[name] as? [String: Any] ?? [:]
    }

    private func faults(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        let schema = resolved(schema, under: "schemas")
        if let choices = schema["oneOf"] as? [[String: Any]] {
            let fitting = choices.count { faults(value, $0, place).isEmpty }
            return fitting == 1 ? [] : ["\(place) fits \(fitting) of \(choices.count) choices"]
        }
        if let allowed = schema["enum"] as? [String], let text = value as? String, !allowed.contains(text) {
            return ["\(place) is \(text)"]
        }
        switch schema["type"] as? String {
        case "string": return value is String ? [] : ["\(place) is no string"]
        case "boolean": return value as? Bool != nil ? [] : ["\(place) is no boolean"]
        case "integer":
            let number = (value as? NSNumber)?.doubleValue
            return number.map { $0 == $0.rounded() } == true && !(value is String)
                ? [] : ["\(place) is no integer"]
        case "number": return value is NSNumber ? [] : ["\(place) is no number"]
        case "array":
            guard let list = value as? [Any] else { return ["\(place) is no array"] }
            let items = schema["items"] as? [String: Any] ?? [:]
            return list.enumerated().flatMap { faults($1, items, "\(place)[\($0)]") }
        case "object": return faultsOfObject(value, schema, place)
        default: return []
        }
    }

    private func faultsOfObject(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        guard let object = value as? [String: Any] else { return ["\(place) is no object"] }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        var faults = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }.map {
            "\(place).\($0) is missing"
        }
        for (name, value) in object {
            if let property = properties[name] {
                faults += self.faults(value, property, "\(place).\(name)")
            } else if let others = schema["additionalProperties"] as? [String: Any] {
                faults += self.faults(value, others, "\(place).\(name)")
            } else if schema["additionalProperties"] as? Bool == false {
                faults.append("\(place).\(name) is not in the schema")
            }
        }
        return faults
    }
}
