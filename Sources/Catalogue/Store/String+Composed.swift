import Foundation

extension String {
    /// The text in Unicode's composed form (NFC), in which the store keeps ids and looks for them.
    ///
    /// Texts that differ in form only are equal to Swift, and would be two ids to SQLite.
    var composed: String {
        utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
    }
}
