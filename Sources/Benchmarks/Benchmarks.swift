import ArgumentParser

/// The project's speed on fixed networks and shapes, and beside it the machine's limit and other people's programs.
@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmarks",
        abstract: "Measures the kernels on the reference networks and shapes.",
        discussion: """
            Figures move from machine to machine; ratios measured side by side in one run do not. 'compare' takes those,
            given a Python that has the packages of Sources/Benchmarks/Peers/requirements.txt.
            """,
        subcommands: [
            LimitsBenchmark.self, PosterBenchmark.self, TextBenchmark.self, FactorisationBenchmark.self,
            FitBenchmark.self,
            TopNBenchmark.self, ImageBenchmark.self, Compare.self,
        ])
}
