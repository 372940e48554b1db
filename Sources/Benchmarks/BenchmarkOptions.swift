import ArgumentParser
import FloatKernels

/// What every benchmark takes.
struct BenchmarkOptions: ParsableArguments {
    @Option(help: "Threads to compute with.")
    var threads = 1

    @Option(help: "Repeats, of which the best and the median are given.")
    var repeats = 5

    @Flag(help: "One JSON object a line, with the keys that the peers' scripts print.")
    var json = false

    func validate() throws {
        guard threads >= 1, repeats >= 1 else {
            throw ValidationError("--threads and --repeats count from 1")
        }
    }

    /// Prints a figure.
    func emit(_ record: BenchmarkRecord) {
        print(json ? record.json : record.text)
    }
}
