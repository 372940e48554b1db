import CFuzzer
import Foundation
import FuzzTargets

/// Feeds the target that `COLDSTART_FUZZ_TARGET` names with libFuzzer's inputs; arguments are those of libFuzzer.
///
/// With the only argument `--list` it prints the names of all targets.
@main
enum Fuzzer {
    static func main() {
        if CommandLine.arguments.dropFirst() == ["--list"] {
            print(FuzzTarget.allCases.map(\.rawValue).joined(separator: "\n"))
            return
        }
        guard target != nil else {
            print("COLDSTART_FUZZ_TARGET names no target: \(FuzzTarget.allCases.map(\.rawValue))")
            exit(64)
        }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
                Fuzzer.target?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
                return 0
            })
    }

    private static let target = ProcessInfo.processInfo.environment["COLDSTART_FUZZ_TARGET"].flatMap(
        FuzzTarget.init(rawValue:))
}
