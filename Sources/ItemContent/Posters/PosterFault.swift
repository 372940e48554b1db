import Diagnostics

/// What can be wrong with a poster's bytes; each case carries one clause about the particulars.
enum PosterFault: Error {
    case empty(String)
    case truncated(String)
    case corrupt(String)
    case tooLarge(String)
    case unknownFormat(String)

    /// The error a person sees, naming the file.
    func diagnostic(file: String) -> Diagnostic {
        let (code, message, fix) =
            switch self {
            case .empty(let detail):
                (
                    "poster.empty", "the poster is empty: \(detail)",
                    "put the picture there again, or leave the poster out"
                )
            case .truncated(let detail):
                (
                    "poster.truncated", "the poster is cut short: \(detail)",
                    "copy or download the file again, whole"
                )
            case .corrupt(let detail):
                (
                    "poster.corrupt", "the poster cannot be decoded: \(detail)",
                    "save the picture again as PNG or JPEG"
                )
            case .tooLarge(let detail):
                (
                    "poster.too_large", "the poster is too large: \(detail)",
                    "scale it down; 1,000 pixels a side are plenty"
                )
            case .unknownFormat(let detail):
                (
                    "poster.unknown_format", "the poster is neither PNG nor JPEG: \(detail)",
                    "convert it to PNG or JPEG"
                )
            }
        return Diagnostic(.badData, code: code, message, at: .init(file: file), fix: fix)
    }
}
