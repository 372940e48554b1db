import ArgumentParser

/// The reference network for texts.
struct TextBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "The text network: one example, a batch of 64, training.")

    @OptionGroup var options: BenchmarkOptions

    func run() throws {
        try NetworkBenchmark(bench: "text", reference: .text(), options: options).run()
    }
}
