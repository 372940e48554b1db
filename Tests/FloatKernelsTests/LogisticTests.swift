import FloatKernels
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct LogisticTests {
    @Test func agreesWithTheDefinition() {
        for step in -1600...1600 {
            let x = Float(step) * 0.05
            let expected = 1 / (1 + exp(-Double(x)))
            #expect(abs(Double(logistic(x)) / expected - 1) < 0x1p-21)
        }
    }

    @Test func endsAreReached() {
        #expect(logistic(.infinity) == 1 && logistic(-.infinity) == 0 && logistic(0) == 0.5)
        #expect(logistic(.nan).isNaN)
    }
}
