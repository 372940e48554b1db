import Foundation

/// Results go here.
enum StandardOutput {
    /// The answer of a command: progress is over.
    static func write(_ text: String) {
        ProgressPrinter.shared.ending { FileHandle.standardOutput.write(Data(text.utf8)) }
    }

    /// A part of an answer that goes on to be made.
    static func stream(_ bytes: [UInt8]) {
        ProgressPrinter.shared.making { FileHandle.standardOutput.write(Data(bytes)) }
    }
}

/// Notes and errors go here; progress too, by way of `ProgressPrinter`.
enum StandardError {
    static func write(_ text: String) {
        ProgressPrinter.shared.making { FileHandle.standardError.write(Data(text.utf8)) }
    }

    /// The last of a command: progress is over.
    static func conclude(_ text: String) {
        ProgressPrinter.shared.ending { FileHandle.standardError.write(Data(text.utf8)) }
    }
}
