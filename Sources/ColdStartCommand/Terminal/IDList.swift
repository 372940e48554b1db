import Catalogue
import Diagnostics
import Foundation

/// Files with one id a line.
enum IDList {
    /// Reads a file, or standard input for `-`; blank lines do not count.
    static func read(_ path: String) throws -> [String] {
        let data: Data
        if path == "-" {
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else {
            guard let contents = FileManager.default.contents(atPath: path) else {
                throw Diagnostic.missingFile(path, fix: "check the path and its permissions")
            }
            data = contents
        }
        return String(decoding: data, as: UTF8.self)
            .split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}
