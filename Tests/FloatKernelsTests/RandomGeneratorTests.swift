import FloatKernels
import Testing

@Suite struct RandomGeneratorTests {
    /// The first numbers that the authors' reference code gives for the state 1, 2, 3, 4.
    @Test func agreesWithTheReference() {
        var generator = RandomGenerator(state: (1, 2, 3, 4))
        let numbers = (0..<6).map { _ in generator.next() }
        #expect(
            numbers == [
                11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
                607_988_272_756_665_600,
            ])
        var seeds = SplitMix64(state: 1_234_567)
        #expect([seeds.next(), seeds.next()] == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973])
    }

    @Test func seedsAndStreamsAreReproducibleAndDistinct() {
        var numbers: Set<UInt64> = []
        for seed in 0..<50 as Range<UInt64> {
            for stream in 0..<50 as Range<UInt64> {
                var (one, two) = (
                    RandomGenerator(seed: seed, stream: stream), RandomGenerator(seed: seed, stream: stream)
                )
                let number = one.next()
                #expect(number == two.next())
                numbers.insert(number)
            }
        }
        #expect(numbers.count == 2500)
    }

    /// Each statistic within five standard errors of its expectation.
    @Test func moments() {
        var generator = RandomGenerator(seed: 5)
        let n = 200_000
        let root = Double(n).squareRoot()
        let uniform = (0..<n).map { _ in generator.uniform() }
        #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(abs(mean(uniform, 1) - 0.5) < 5 * (1.0 / 12).squareRoot() / root)
        let normal = (0..<n).map { _ in generator.normal() }
        #expect(abs(mean(normal, 1)) < 5 / root)
        #expect(abs(mean(normal, 2) - 1) < 5 * 2.0.squareRoot() / root)
        #expect(abs(mean(normal, 3)) < 5 * 15.0.squareRoot() / root)
        #expect(abs(mean(normal, 4) - 3) < 5 * 96.0.squareRoot() / root)
        let neighbours = zip(normal, normal.dropFirst()).map { $0 * $1 }
        #expect(abs(mean(neighbours, 1)) < 5 / root)
    }

    private func mean(_ values: [Float], _ power: Int) -> Double {
        values.reduce(0) { sum, value in
            sum + (0..<power).reduce(1.0) { product, _ in product * Double(value) }
        } / Double(values.count)
    }

    @Test(arguments: [1, 2, 3, 7, 10])
    func indicesAreEquallyLikely(bound: Int) {
        var generator = RandomGenerator(seed: 6)
        let n = 70_000
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<n { counts[generator.index(below: bound)] += 1 }
        let p = 1 / Double(bound)
        let deviation = (Double(n) * p * (1 - p)).squareRoot()
        #expect(counts.allSatisfy { abs(Double($0) - Double(n) * p) <= 5 * deviation })
        #expect(generator.index(below: .max) >= 0)
    }

    @Test func shufflesEveryOrderEquallyOften() {
        var generator = RandomGenerator(seed: 7)
        var counts: [[Int]: Int] = [:]
        let n = 60_000
        for _ in 0..<n {
            var array = [0, 1, 2, 3]
            generator.shuffle(&array)
            counts[array, default: 0] += 1
        }
        #expect(counts.count == 24)
        let deviation = (Double(n) / 24 * 23 / 24).squareRoot()
        #expect(counts.values.allSatisfy { abs(Double($0) - Double(n) / 24) <= 5 * deviation })
        var nothing: [Int] = []
        generator.shuffle(&nothing)
    }
}
