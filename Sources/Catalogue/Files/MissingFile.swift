public import Diagnostics
import Foundation

extension Diagnostic {
    /// A file was named that is not there; the fix names one of its folder that may have been meant.
    ///
    /// - Parameters:
    ///   - code: `file.missing`, or `poster.missing` where a poster was named.
    ///   - fix: what to do where nothing has a near name.
    public static func missingFile(
        _ path: String, code: String = "file.missing", fix: String = "check the path"
    ) -> Diagnostic {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let message =
            !exists
            ? "there is no such file"
            : isFolder.boolValue ? "this is a folder, not a file" : "the file cannot be read"
        return Diagnostic(
            .missingInput, code: code, message, at: .init(file: path),
            fix: exists ? fix : nearName(path) ?? fix)
    }

    /// "did you mean 'posters/n09.png'?"
    private static func nearName(_ path: String) -> String? {
        let folder = (path as NSString).deletingLastPathComponent
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
        return Suggestion.nearest(to: (path as NSString).lastPathComponent, among: names ?? []).map {
            "did you mean '\((folder as NSString).appendingPathComponent($0))'?"
        }
    }
}
