import Foundation
import Testing

#if arch(x86_64) && os(Linux)
    /// What the product does on processors that are not this one, by qemu's user-mode emulation.
    @Suite(.enabled(if: Emulator.path != nil, "without qemu-x86_64 other processors are not tried"))
    struct ProcessorTests {
        /// Nehalem, of 2008, is the oldest processor with all that the Swift runtime wants, and has no AVX.
        @Test func aProcessorWithoutAVX2GetsOneLineOrThePortableBuild() throws {
            let run = try Emulator.status(on: "Nehalem")
            #if COLDSTART_PORTABLE
                #expect(run.code == 0, "\(run.errors)")
            #else
                #expect(run.code == 69, "\(run.errors)")
                #expect(run.output.isEmpty)
                #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
                for word in ["coldstart: ", "neither AVX2 nor FMA,", "COLDSTART_KERNELS=portable"] {
                    #expect(run.errors.contains(word), "\(run.errors)")
                }
            #endif
        }

        /// The message says which of the two is missing.
        @Test(arguments: ["max,avx2=off": "no AVX2,", "max,fma=off": "no FMA,"])
        func theMissingOneIsNamed(processor: String, words: String) throws {
            #if !COLDSTART_PORTABLE
                let run = try Emulator.status(on: processor)
                #expect(run.code == 69 && run.errors.contains(words), "\(run.errors)")
            #endif
        }

        @Test func aProcessorWithBothIsServed() throws {
            let run = try Emulator.status(on: "max")
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.output.contains("300"))
        }
    }

    private enum Emulator {
        /// Where the emulator is, nil without one.
        static let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { "\($0)/qemu-x86_64" }.first(where: FileManager.default.isExecutableFile)

        /// `coldstart status` of the sample on a processor as qemu names it.
        static func status(on processor: String) throws -> Product.Run {
            let (folder, workspace) = try SampleWorkspace.copy()
            defer { withExtendedLifetime(folder) {} }
            return try Product.run(
                ["status"], workspace: workspace, under: [try #require(path), "-cpu", processor])
        }
    }
#endif
