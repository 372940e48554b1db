import Foundation

/// The product before a terminal that remembers every byte it was sent.
final class PseudoTerminal {
    private let master: Int32
    private let process = Process()
    private var bytes: [UInt8] = []

    /// Starts it with standard output and error on a terminal of so many columns.
    init(_ arguments: [String], workspace: URL, columns: Int) throws {
        let slave: Int32
        (master, slave) = try Self.pair()
        guard slave >= 0 else { throw POSIXError(.ENXIO) }
        resize(columns: columns)
        process.executableURL = Product.binary
        process.arguments = ["--workspace", workspace.path] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm"]) { $1 }
        let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
        process.standardOutput = terminal
        process.standardError = terminal
        process.standardInput = FileHandle.nullDevice
        RunningProduct.unblockSignals()
        try process.run()
        close(slave)
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        close(master)
    }

    /// The terminal's side, and that of the process.
    private static func pair() throws -> (master: Int32, slave: Int32) {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        guard master >= 0 else { throw POSIXError(.ENXIO) }
        #if os(Linux)
            // TIOCSPTLCK and TIOCGPTN: what unlockpt and ptsname ask, which Swift does not import.
            var (isLocked, number) = (Int32(0), Int32(0))
            guard ioctl(master, 0x4004_5431, &isLocked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
                throw POSIXError(.ENXIO)
            }
            let name = "/dev/pts/\(number)"
        #else
            guard grantpt(master) == 0, unlockpt(master) == 0, let path = ptsname(master) else {
                throw POSIXError(.ENXIO)
            }
            let name = String(cString: path)
        #endif
        return (master, open(name, O_RDWR | O_NOCTTY))
    }

    func resize(columns: Int) {
        var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    func interrupt() { kill(process.processIdentifier, SIGINT) }

    /// Everything that was sent, until `text` came or the process ended.
    func read(until text: String? = nil) -> String {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Foundation.read(master, &buffer, buffer.count)
            // All ends of the terminal are closed.
            guard count > 0 else { break }
            bytes += buffer[..<count]
            if let text, String(decoding: bytes, as: UTF8.self).contains(text) { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    var exitCode: Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// What stands on an endless screen after all this, line by line.
    static func screen(_ text: String) -> [String] {
        var lines: [[Character]] = [[]]
        var (row, column) = (0, 0)
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\r": column = 0
            case "\n":
                row += 1
                if row == lines.count { lines.append([]) }
            case "\u{1B}":
                rest.removeFirst()
                let digits = rest.prefix { ("0"..."9").contains($0) }
                rest.removeFirst(digits.count)
                switch rest.popFirst() {
                case "A": row = max(0, row - (Int(String(String.UnicodeScalarView(digits))) ?? 1))
                case "J":
                    lines[row] = Array(lines[row].prefix(column))
                    lines.removeLast(lines.count - row - 1)
                case "K": lines[row] = Array(lines[row].prefix(column))
                default: break
                }
            default:
                while lines[row].count <= column { lines[row].append(" ") }
                lines[row][column] = Character(scalar)
                column += 1
            }
        }
        return lines.map { String($0) }
    }
}
