package import ItemContent

/// One item as the kernels see it, to be looked at again with some of its content changed.
package struct ContentReading: Sendable {
    /// What was read.
    package let record: ContentRecord
    let tokens: TokenizedRecords
    /// One row.
    let items: EncodedItems

    /// A word of the item's texts that some kernel knows.
    package struct Word: Sendable, Hashable {
        package enum Text: String, Sendable { case title, description }

        package let text: Text
        package let word: String

        package init(_ text: Text, _ word: String) {
            self.text = text
            self.word = word
        }
    }

    /// The item `count` times, but for some views.
    func repeated(_ count: Int, with views: [String: FeatureView]) -> EncodedItems {
        var copies = items.selecting([Int](repeating: 0, count: count))
        for (name, view) in views where items[name] != nil { copies[name] = view }
        return copies
    }
}
