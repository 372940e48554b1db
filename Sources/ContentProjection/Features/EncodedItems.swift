import FloatKernels
import NeuralNetwork

/// Items as the kernels compare them: one view a kind of content, the same rows in each.
package struct EncodedItems: Sendable {
    package let count: Int
    /// By name: `genres`, `year`, `title`, `description`, `shape`, `text`, `poster`, `poster.<statistics>`, `trained`, `column.<name>`.
    package private(set) var views: [String: FeatureView] = [:]

    package init(count: Int) { self.count = count }

    package subscript(name: String) -> FeatureView? {
        get { views[name] }
        set {
            precondition(newValue.map { $0.count == count } ?? true, "every view has a row for every item")
            views[name] = newValue
        }
    }

    package func selecting(_ rows: [Int]) -> EncodedItems {
        var selected = EncodedItems(count: rows.count)
        for (name, view) in views { selected.views[name] = view.selecting(rows) }
        return selected
    }

    /// In how many items a view has something.
    package func presentCount(_ name: String) -> Int {
        views[name].map { view in (0..<count).count { view.isPresent($0) } } ?? 0
    }
}

extension EncodedItems {
    func write(to file: inout TensorFileWriter, as name: String) {
        file.add(name + ".views", strings: views.keys.sorted())
        file.add(name + ".count", shape: [1], int32s: [Int32(count)])
        for (key, view) in views { view.write(to: &file, as: "\(name).view.\(key)") }
    }

    init(from file: TensorFile, _ name: String) throws {
        let count = try file.int32s(name + ".count", shape: [1])[0]
        try file.require(count >= 0, name, "counts its items")
        self.init(count: Int(count))
        for key in try file.strings(name + ".views") {
            let view = try FeatureView(from: file, "\(name).view.\(key)")
            try file.require(view.count == self.count, name, "has a row for every item in each view")
            views[key] = view
        }
    }
}
