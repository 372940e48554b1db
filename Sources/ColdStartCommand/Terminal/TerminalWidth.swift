import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How wide the terminal is, at this moment.
enum TerminalWidth {
    private static let usual = 80

    /// Columns of the terminal on standard error; 80 where it does not say.
    static var ofStandardError: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return usual }
        return Int(size.ws_col)
    }
}
