import Catalogue
import Diagnostics
import Foundation
import Testing

@Suite struct PosterStoreTests {
    private let folder: TemporaryFolder
    private var store: PosterStore { PosterStore(directory: folder.path + "/posters") }

    init() throws { folder = try TemporaryFolder() }

    @Test func keepsEachPictureOnceByItsDigest() throws {
        let (reference, isNew) = try store.put(fakePNG(1))
        #expect(isNew)
        // sha256sum of the nine bytes.
        #expect(reference.digest == "275f1bcbbb585c71e3b2184304eccfa0e37de92022ca3b6f4e9c10df32318d85")
        #expect(try store.bytes(reference) == fakePNG(1))
        #expect(try !store.put(fakePNG(1)).isNew)
        try store.barrier([reference])
        #expect(try folder.contents(of: "posters").keys.sorted() == [reference.relativePath])
        store.remove(reference)
        #expect(!store.contains(reference))
    }

    @Test func jpegIsTold() throws {
        #expect(try store.put([0xFF, 0xD8, 0xFF, 0xE0]).reference.fileExtension == "jpg")
    }

    @Test func otherFormatsAreRefused() throws {
        let error = #expect(throws: Diagnostic.self) { try store.put(Array("GIF89a".utf8)) }
        #expect(error?.code == "poster.format")
    }

    /// What a power cut leaves: a name on the disk, without what was written.
    @Test func aFileThatIsNotWhatItsNameSaysIsNoPoster() throws {
        let reference = try store.put(fakePNG(1)).reference
        try folder.write("posters/" + reference.relativePath, bytes: [])
        #expect(try store.put(fakePNG(1)).isNew)
        #expect(try store.bytes(reference) == fakePNG(1))
    }

    @Test func whatBelongsToNothingIsRemoved() throws {
        let kept = try store.put(fakePNG(1)).reference
        let other = try store.put(fakePNG(2)).reference
        let beside = (kept.relativePath as NSString).deletingLastPathComponent
        try folder.write("posters/\(beside)/.dat.nosync1.half", bytes: [1])
        try folder.write("posters/\(beside)/notes.txt", "mine")
        try folder.write("posters/README", "mine")
        store.removeAll(but: [kept])
        #expect(store.contains(kept) && !store.contains(other))
        #expect(
            try Set(folder.contents(of: "posters").keys).isSuperset(of: ["\(beside)/notes.txt", "README"]))
        #expect(try !folder.contents(of: "posters").keys.contains { $0.contains("nosync") })
    }

    @Test func missingPosterIsMissingInput() throws {
        let reference = PosterReference(digest: String(repeating: "0", count: 64), fileExtension: "png")
        let error = #expect(throws: Diagnostic.self) { try store.bytes(reference) }
        #expect(error?.kind == .missingInput)
        #expect(throws: Diagnostic.self) { try store.barrier([reference]) }
    }
}
