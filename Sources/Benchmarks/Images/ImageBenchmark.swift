import ArgumentParser
import Foundation
import ItemContent

/// From a poster's file to a network's input.
struct ImageBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "images", abstract: "PNG and JPEG of 500×750 to 96×64×3 floats, on one thread.")

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Also write the pictures into this folder, for a peer to read.")
    var files: String?

    func run() throws {
        let photos = (0..<4).map { RGBImage.referencePhoto(seed: $0) }
        let (pngs, jpegs) = (try photos.map(PNGEncoder.encode), try photos.map { try $0.jpeg() })
        if let files { try write(pngs, jpegs, to: URL(fileURLWithPath: files)) }
        options.emit(
            try measure("coldstart_png_decode_only", pngs) { _ = try PosterDecoder.decode($0, name: "p.png") }
        )
        options.emit(
            try measure("coldstart_png_resize", pngs) { file in
                let photo = try PosterDecoder.decode(file, name: "p.png", atLeast: (64, 96))
                _ = photo.resampled(width: 64, height: 96).normalizedFloats()
            })
        options.emit(
            try measure("coldstart_jpeg_draft", jpegs) { file in
                let photo = try PosterDecoder.decode(file, name: "p.jpg", atLeast: (64, 96))
                _ = photo.resampled(width: 64, height: 96).normalizedFloats()
            })
        options.emit(
            measure("coldstart_resize_only", photos) { photo in
                _ = photo.resampled(width: 64, height: 96).normalizedFloats()
            })
    }

    /// Handles one of `sources` after the other.
    private func measure<Source>(
        _ name: String, _ sources: [Source], _ body: (Source) throws -> Void
    ) rethrows -> BenchmarkRecord {
        var call = 0
        let timing = try Timing.throughput(repeats: options.repeats) {
            try body(sources[call % sources.count])
            call += 1
        }
        var record = BenchmarkRecord("image", name, threads: 1)
        record.addThroughput(timing, items: 1)
        record["ms"] = timing.best * 1e3
        return record
    }

    private func write(_ pngs: [[UInt8]], _ jpegs: [[UInt8]], to folder: URL) throws {
        for (index, (png, jpeg)) in zip(pngs, jpegs).enumerated() {
            try Data(png).write(to: folder.appendingPathComponent("p\(index).png"))
            try Data(jpeg).write(to: folder.appendingPathComponent("p\(index).jpg"))
        }
    }
}
