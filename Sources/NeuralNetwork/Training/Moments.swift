/// The running means of Adam for all parameters of a network: of the gradient, and of its square.
final class Moments {
    let first: AlignedBuffer<Float>
    let second: AlignedBuffer<Float>

    init(count: Int) {
        first = AlignedBuffer(count, repeating: 0)
        second = AlignedBuffer(count, repeating: 0)
    }

    deinit {
        first.deallocate()
        second.deallocate()
    }

    /// Sets them to zero, as they are before the first step.
    func forget() {
        first.start.update(repeating: 0, count: first.count)
        second.start.update(repeating: 0, count: second.count)
    }
}
