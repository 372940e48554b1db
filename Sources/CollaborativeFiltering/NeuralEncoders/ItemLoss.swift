package import FloatKernels

/// A loss of user vectors that is taken over the whole catalogue.
package protocol ItemLoss: AnyObject {
    /// Adds `scale` times the gradient of the loss to that of the table, and sets that of the users.
    ///
    /// - Parameters:
    ///   - users: targets.rows × d.
    ///   - gradient: of the users, alike.
    ///   - generator: what draws a sample where one is taken.
    /// - Returns: the loss, without the scale.
    func run(
        _ table: ItemPointers, users: UnsafePointer<Float>, _ targets: SoftmaxTargets, scale: Float,
        tableGradient: ItemPointers, into gradient: UnsafeMutablePointer<Float>,
        using generator: inout RandomGenerator
    ) -> Double
}

/// Up to so many items a softmax goes over all of them.
private let mostScored = 20_000
/// Items that are drawn for a softmax over more.
private let sampleSize = 4_096

/// The softmax that suits a catalogue, for one thread.
func itemLoss(_ histories: OrderedHistories, itemCount: Int, dimensions: Int) -> any ItemLoss {
    guard itemCount > mostScored else { return ItemSoftmax(itemCount: itemCount, dimensions: dimensions) }
    return SampledSoftmax(
        ItemDraw(counts: histories.counts(ofItems: itemCount)), dimensions: dimensions, count: sampleSize)
}
