import Foundation

/// The figures of one benchmark. Keys carry their unit: `us` microseconds, `ms` milliseconds, `s` seconds, `per_s` items
/// a second, `gflops` and `GBps` thousands of millions of operations and bytes a second, `share` a part of the limit.
struct BenchmarkRecord {
    /// The subject: `poster`, `topn`, …
    let bench: String
    /// What was measured in it.
    let name: String
    /// Figures by key, in the order in which they are printed.
    private(set) var values: [(key: String, value: Double)] = []

    init(_ bench: String, _ name: String, threads: Int) {
        (self.bench, self.name) = (bench, name)
        self["threads"] = Double(threads)
    }

    /// A figure; setting one that is there replaces it.
    subscript(key: String) -> Double? {
        get { values.first { $0.key == key }?.value }
        set {
            values.removeAll { $0.key == key }
            if let newValue { values.append((key, newValue)) }
        }
    }

    /// Reads a line of JSON as `json` or a peer's script writes it; nil for anything else.
    init?(json line: some StringProtocol) {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            let bench = object["bench"] as? String, let name = object["name"] as? String
        else { return nil }
        (self.bench, self.name) = (bench, name)
        values = object.compactMap { key, value in (value as? Double).map { (key, $0) } }
    }

    /// One line of JSON.
    var json: String {
        let figures = values.map { "\"\($0.key)\": \(Self.digits($0.value))" }
        return "{\"bench\": \"\(bench)\", \"name\": \"\(name)\", \(figures.joined(separator: ", "))}"
    }

    /// One line for people.
    var text: String {
        let figures = values.map { "\($0.key) \(Self.digits($0.value))" }
        let title = "\(bench) \(name)"
        return title + String(repeating: " ", count: max(1, 36 - title.count))
            + figures.joined(separator: "  ")
    }

    /// Four digits that count, and whole numbers as they are.
    static func digits(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e9 { return String(Int(value)) }
        let places = max(0, min(6, 3 - Int(log10(abs(value)).rounded(.down))))
        return String(format: "%.\(places)f", value)
    }
}
