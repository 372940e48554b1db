import Foundation

/// Holds the kernels of two builds against each other: of a processor's best instructions, and portable.
///
///     KernelComparison record FILE        runs every kernel on the same inputs and writes what comes out
///     KernelComparison compare FILE FILE  1 where two such files differ by more than rounding explains
@main
enum KernelComparison {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("record", 2):
            let file = URL(fileURLWithPath: arguments[1])
            try JSONEncoder().encode(KernelRecord.all()).write(to: file)
        case ("compare", 3):
            let files = try arguments.dropFirst().map { path in
                try JSONDecoder().decode(
                    [KernelRecord].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
            }
            exit(report(files[0], files[1]) ? 0 : 1)
        default:
            FileHandle.standardError.write(
                Data("usage: KernelComparison record FILE | compare FILE FILE\n".utf8))
            exit(64)
        }
    }

    /// Prints how near each kernel's results are to what they may differ by; answers whether all are within it.
    private static func report(_ first: [KernelRecord], _ second: [KernelRecord]) -> Bool {
        var isGood = first.map(\.name) == second.map(\.name) && !first.isEmpty
        for (a, b) in zip(first, second) {
            let share = a.difference(from: b)
            isGood = isGood && share <= 1
            let verdict = share <= 1 ? "" : "   BEYOND THE BOUND"
            let name = a.name.padding(toLength: 36, withPad: " ", startingAt: 0)
            print("\(name) \(String(format: "%6.1f", share * 100)) % of the bound\(verdict)")
        }
        print(isGood ? "both builds agree" : "the builds do not agree")
        return isGood
    }
}
