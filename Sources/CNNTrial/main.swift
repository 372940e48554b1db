import FloatKernels
import NeuralNetwork
import Glibc
nonisolated(unsafe) var cpu = true
func now() -> Double { var t = timespec(); clock_gettime(cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t); return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9 }
func poster() -> (Network, NetworkInput) {
    var b = NetworkBuilder(); let i = b.input("poster", shape: [96, 64, 3])
    var v = b.value(of: i)
    for (n, f) in [16, 32, 64].enumerated() { v = b.convolution2D("c\(n)", of: v, filters: f, padding: 1, activation: .relu, pooling: .maximum2x2) }
    v = b.convolution2D("c3", of: v, filters: 128, padding: 1, activation: .relu, pooling: .globalMean)
    let o = b.linear("fc", of: v, outputs: 64)
    return (b.build(output: o), i)
}
func text() -> (Network, NetworkInput) {
    var b = NetworkBuilder(); let i = b.tokens("text", length: 128, vocabulary: 20000)
    let e = b.embedding("emb", of: i, dimensions: 64)
    let p = [3, 4, 5].map { b.convolution1D("c\($0)", of: e, filters: 64, width: $0, keepsLength: false, activation: .relu, pooling: .globalMaximum) }
    let o = b.linear("fc", of: b.concatenation(p), outputs: 64)
    return (b.build(output: o), i)
}
struct Posters: ExampleSource { let i: NetworkInput; let x: [[Float]]; let y: [Float]; var count: Int
    func load(_ e: Int, into s: ExampleSlot, using g: inout RandomGenerator) { let v = x[e % x.count]; s.setFloats(i) { b in v.withUnsafeBufferPointer { b.baseAddress!.update(from: $0.baseAddress!, count: b.count) } }
        for j in 0..<64 { s.targets[j] = y[(e * 64 + j) % y.count] } } }
struct Texts: ExampleSource { let i: NetworkInput; let x: [[Int32]]; let y: [Float]; var count: Int
    func load(_ e: Int, into s: ExampleSlot, using g: inout RandomGenerator) { s.setTokens(i, x[e % x.count]); for j in 0..<64 { s.targets[j] = y[(e * 64 + j) % y.count] } } }
var g = RandomGenerator(seed: 1)
let y = (0..<64 * 64).map { _ in g.normal() }
func bench(_ name: String, _ n: Network, _ src: any ExampleSource, _ big: Int, threads: Int) throws {
    cpu = threads == 1
    let pool = ThreadPool(threads: threads), p = ParameterStore(n.table, seed: 1)
    var best = 1e9
    for _ in 0..<5 { let t = now(); _ = n.evaluate(src, p, reading: [n.output], pool: pool); best = min(best, now() - t) }
    print(name, threads, "threads: inference", (Double(src.count) / best).rounded(), "/s")
    if threads == 1 {
        let pr = Predictor(n, p); var gg = RandomGenerator(seed: 1); var b1 = 1e9
        for _ in 0..<300 { let t = now(); _ = pr.output { src.load(0, into: $0, using: &gg) }; b1 = min(b1, now() - t) }
        print(name, "one", (b1 * 1e7).rounded() / 10, "µs") }
    var o = TrainingOptions(); o.batchSize = 64; o.epochs = 4; o.schedule = LearningRateSchedule(peak: 0.001)
    var pp = p; best = 1e9; var t = now()
    try Trainer(n, loss: MeanSquaredError(), options: o, pool: pool).train(&pp, on: src) { r, _ in best = min(best, now() - t); t = now(); return true }
    print(name, threads, "threads: training", (Double(src.count) / best).rounded(), "/s")
}
let (pn, pi) = poster(), (tn, ti) = text()
let ps = Posters(i: pi, x: (0..<64).map { _ in (0..<96 * 64 * 3).map { _ in g.normal() } }, y: y, count: 64 * 10)
let ts = Texts(i: ti, x: (0..<256).map { _ in (0..<128).map { _ in Int32(g.index(below: 20000)) } }, y: y, count: 64 * 40)
let which = CommandLine.arguments.dropFirst().first ?? "both"
let th = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2])! : 1
if which != "text" { try bench("poster", pn, ps, 0, threads: th) }
if which != "poster" { try bench("text", tn, ts, 0, threads: th) }
