import Diagnostics
import Foundation
import NeuralNetwork

/// A card as a file: JSON with a checksum of itself, so that a changed figure is as noticeable as a broken brace.
enum CardFile {
    private static let noChecksum = "00000000"
    private static let checksumField = Data("\"checksum\" : \"".utf8)

    /// The bytes of the file.
    static func encode(_ card: ModelCard) throws -> Data {
        var card = card
        card.checksum = noChecksum
        var data = try StableJSON.encode(card)
        guard let place = checksumPlace(in: data) else {
            preconditionFailure("the checksum is not where this type looks for it")
        }
        data.replaceSubrange(place, with: Data(data.withUnsafeBytes(checksumText).utf8))
        return data
    }

    /// The card of a file; one without a checksum is of an earlier version, or damaged, which its model file tells.
    ///
    /// - Throws: `model.card`.
    static func decode(_ data: Data) throws -> ModelCard {
        guard let card = try? StableJSON.decode(ModelCard.self, from: data) else {
            throw damaged("its card cannot be read")
        }
        guard let checksum = card.checksum else { return card }
        var data = data
        if let place = checksumPlace(in: data) { data.replaceSubrange(place, with: Data(noChecksum.utf8)) }
        guard data.withUnsafeBytes(checksumText) == checksum else {
            throw damaged("its card does not have the checksum it was written with")
        }
        return card
    }

    /// A card that is not what was written.
    static func damaged(_ what: String) -> Diagnostic {
        Diagnostic(.badData, code: "model.card", what, fix: "bring it back from a copy")
    }

    private static func checksumPlace(in data: Data) -> Range<Data.Index>? {
        guard let start = data.range(of: checksumField)?.upperBound,
            data.endIndex - start >= noChecksum.utf8.count
        else { return nil }
        return start..<(start + noChecksum.utf8.count)
    }
}
