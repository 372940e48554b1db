import Catalogue
import Diagnostics
import Foundation
import Testing

/// A catalogue whose file is damaged does not pass for a whole one.
@Suite struct IntegrityTests {
    @Test func aPageOverwrittenIsNoticed() throws {
        let folder = try TemporaryFolder()
        let directory = folder.path + "/w"
        do {
            let workspace = try Workspace.create(at: directory)
            try workspace.catalogue.write { transaction in
                for number in 0..<3_000 {
                    try transaction.upsert(
                        Item(id: "i\(number)", title: "A title of some length, number \(number)"))
                }
            }
            #expect(try workspace.catalogue.faults().isEmpty)
        }
        try Workspace.seal(at: directory)
        let file = URL(fileURLWithPath: directory + "/catalogue.sqlite")
        var bytes = try Data(contentsOf: file)
        // The content of a page in the middle, its header left as it is.
        let page = bytes.count / 4096 / 2 * 4096
        for index in (page + 200)..<(page + 3_000) { bytes[index] = 0xA5 }
        try bytes.write(to: file)
        let workspace = try Workspace.open(at: directory, for: .reading)
        var faults: [String] = []
        do {
            faults = try workspace.catalogue.faults()
        } catch let damage as Diagnostic {
            faults = [damage.code]
        }
        #expect(!faults.isEmpty)
    }
}
