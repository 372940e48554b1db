import ArgumentParser

/// The reference network for posters.
struct PosterBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poster", abstract: "The poster network: one example, a batch of 64, training.")

    @OptionGroup var options: BenchmarkOptions

    func run() throws {
        try NetworkBenchmark(bench: "poster", reference: .poster(), options: options).run()
    }
}
