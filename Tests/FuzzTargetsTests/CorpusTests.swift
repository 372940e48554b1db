import Foundation
import FuzzTargets
import Testing

/// Seeds and former finds, once more; `Scripts/test-fuzz` starts from the same files.
@Suite struct CorpusTests {
    private static let corpus = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Corpus").path

    @Test("No input of the corpus is more than an error", arguments: FuzzTarget.allCases)
    func corpusIsRead(_ target: FuzzTarget) throws {
        let folder = Self.corpus + "/" + target.rawValue
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(!names.isEmpty)
        for name in names {
            let data = try #require(FileManager.default.contents(atPath: folder + "/" + name))
            let duration = ContinuousClock().measure { target.run(Array(data)) }
            #expect(duration < .seconds(60), "\(target.rawValue)/\(name)")
        }
    }

    @Test("No target minds an empty input", arguments: FuzzTarget.allCases)
    func emptyInput(_ target: FuzzTarget) { target.run([]) }
}
