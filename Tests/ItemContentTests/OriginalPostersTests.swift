import Foundation
import ItemContent
import Testing

/// Sixty posters and pictures as they come from the web, held against what another decoder, Pillow, says of them.
@Suite(.enabled(if: Originals.isPresent, "the picture set is not beside this checkout"))
struct OriginalPostersTests {
    /// Width and height exactly; the mean of each channel over all pixels where the manifest states it.
    ///
    /// It is stated for files without palette and alpha only, so that it is the mean of the plain RGB samples (of the
    /// one grey sample, three times) and nothing is composited. Tolerance: an accurate inverse cosine transform may
    /// be off by 0.015 of a level in the mean (IEEE 1180), colour conversion makes at most 0.05 of that, and the
    /// manifest is rounded by up to 0.005.
    @Test func sizesAndMeansAreThoseOfTheManifest() throws {
        let rows = try Originals.manifest()
        #expect(rows.count == 60)
        #expect(rows.filter { $0.mean != nil }.count == 55)
        for row in rows {
            let image = try PosterDecoder.decode(try Originals.bytes(row.file), name: row.file)
            #expect(image.width == row.width && image.height == row.height, "\(row.file)")
            guard let expected = row.mean else { continue }
            for channel in 0..<3 {
                #expect(
                    abs(mean(image, channel) - expected[channel]) < 0.055, "\(row.file), channel \(channel)")
            }
        }
    }

    /// Scaled decoding, then area averaging, is close to area averaging alone, so that a poster tower sees the same
    /// either way. On average two levels where twice the size is asked for, and six in the most finely detailed poster;
    /// seven and fifteen where just the size that is wanted is, as training does: averaging then has hardly any pixels
    /// left to average, and blurs.
    @Test(arguments: [(2, 2.0, 6.0), (1, 7.0, 15.0)])
    func scaledDecodingLooksTheSame(times: Int, average: Double, most: Double) throws {
        var differences: [Double] = []
        for row in try Originals.manifest()
        where row.file.hasSuffix("jpg") && row.width >= 256 && row.height >= 384 {
            let bytes = try Originals.bytes(row.file)
            let whole = try PosterDecoder.decode(bytes, name: row.file).resampled(width: 64, height: 96)
            let (width, height) = (64 * times, 96 * times)
            let scaled = try PosterDecoder.decode(bytes, name: row.file, atLeast: (width, height))
            #expect(scaled.width < row.width && scaled.width >= width && scaled.height >= height)
            let small = scaled.resampled(width: 64, height: 96)
            let sum = zip(whole.pixels, small.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            differences.append(Double(sum) / Double(whole.pixels.count))
        }
        let mean = differences.reduce(0, +) / Double(differences.count)
        #expect(mean < average, "\(mean)")
        #expect(differences.allSatisfy { $0 < most }, "\(differences.max() ?? 0)")
    }

    /// Every file cut at many places is an error.
    @Test func cutFilesAreErrors() throws {
        for row in try Originals.manifest() {
            let bytes = try Originals.bytes(row.file)
            for share in 1..<20 {
                #expect(throws: (any Error).self, "\(row.file) at \(share)/20") {
                    _ = try PosterDecoder.decode(
                        Array(bytes.prefix(bytes.count * share / 20)), name: row.file)
                }
            }
        }
    }

    private func mean(_ image: RGBImage, _ channel: Int) -> Double {
        let samples = stride(from: channel, to: image.pixels.count, by: 3)
        return Double(samples.reduce(0) { $0 + Int(image.pixels[$1]) }) / Double(image.width * image.height)
    }
}

private enum Originals {
    struct Row {
        var file: String
        var width: Int
        var height: Int
        var mean: [Double]?
    }

    /// Beside the project's folder: ../shared/data.
    static let folder = URL(filePath: #filePath).appending(path: "../../../../shared/data/ml-1m/originals")
        .standardized

    static var isPresent: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "manifest.csv").path)
    }

    static func bytes(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: file)))
    }

    static func manifest() throws -> [Row] {
        let text = try String(contentsOf: folder.appending(path: "manifest.csv"), encoding: .utf8)
        return try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            let mean = fields[6].split(separator: " ").compactMap { Double($0) }
            return Row(
                file: String(fields[0]), width: try #require(Int(fields[3])),
                height: try #require(Int(fields[4])),
                mean: mean.count == 3 ? mean : nil)
        }
    }
}
