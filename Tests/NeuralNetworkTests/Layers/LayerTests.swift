import FloatKernels
import NeuralNetwork
import Testing

@Suite("Layers: forward is the naive twin, backward its derivative")
struct LayerTests {
    struct Conv2DCase: Sendable {
        var h, w, c, f, size, stride, padding: Int
    }

    @Test(arguments: [
        Conv2DCase(h: 6, w: 5, c: 3, f: 16, size: 3, stride: 2, padding: 1),
        Conv2DCase(h: 5, w: 9, c: 2, f: 11, size: 3, stride: 1, padding: 1),
        Conv2DCase(h: 4, w: 7, c: 5, f: 24, size: 2, stride: 3, padding: 0),
        Conv2DCase(h: 3, w: 3, c: 1, f: 1, size: 3, stride: 1, padding: 0),
        Conv2DCase(h: 2, w: 3, c: 7, f: 9, size: 1, stride: 1, padding: 0),
        Conv2DCase(h: 1, w: 12, c: 4, f: 33, size: 5, stride: 2, padding: 2),
    ])
    func conv2D(_ a: Conv2DCase) {
        let layer = Conv2D(
            inputShape: [a.h, a.w, a.c], filters: a.f, size: a.size, stride: a.stride, padding: a.padding)
        let weights = a.size * a.size * a.c * a.f
        let pixels = layer.outputShape[0] * layer.outputShape[1]
        LayerCheck(layer: layer, terms: max(a.size * a.size * max(a.c, a.f), 3 * pixels)) { x, _, p in
            Twins.conv2D(
                x, Array(p[..<weights]), Array(p[weights...]), h: a.h, w: a.w, c: a.c, f: a.f, kh: a.size,
                kw: a.size, stride: a.stride, padY: a.padding, padX: a.padding)
        }.run()
    }

    @Test(arguments: [
        (l: 7, c: 4, f: 16, width: 3), (l: 1, c: 3, f: 9, width: 5), (l: 9, c: 8, f: 5, width: 1),
    ])
    func conv1D(l: Int, c: Int, f: Int, width: Int) {
        let weights = width * c * f
        for lengths in [nil, [Int32(l), 0, Int32(l / 2 + 1)]] as [[Int32]?] {
            let layer = Conv1D(inputShape: [l, c], filters: f, width: width)
            LayerCheck(layer: layer, lengths: lengths, terms: max(width * max(c, f), 3 * l)) { x, sample, p in
                Twins.conv1D(
                    x, Array(p[..<weights]), Array(p[weights...]), l: l, c: c, f: f, width: width,
                    length: lengths.map { Int($0[sample]) } ?? l)
            }.run()
        }
    }

    @Test func relu() {
        LayerCheck(layer: ReLU(inputShape: [3, 7]), terms: 1) { x, _, _ in Twins.relu(x) }.run()
    }

    @Test(arguments: [
        (h: 6, w: 5, size: 2, stride: 2), (h: 5, w: 7, size: 3, stride: 2), (h: 3, w: 3, size: 1, stride: 1),
    ])
    func maxPool2D(h: Int, w: Int, size: Int, stride: Int) {
        let layer = MaxPool2D(inputShape: [h, w, 9], size: size, stride: stride)
        LayerCheck(layer: layer, terms: size * size) { x, _, _ in
            Twins.maxPool2D(x, h: h, w: w, c: 9, size: size, stride: stride)
        }.run()
    }

    @Test func globalPools() {
        let cases: [(GlobalPooling, ([Double]) -> Double)] = [
            (.mean, Twins.mean), (.maximum, Twins.maximum), (.sum, Twins.sum),
        ]
        for (pooling, reduce) in cases {
            LayerCheck(layer: GlobalPool(pooling, inputShape: [3, 2, 11]), terms: 6) { x, _, _ in
                Twins.pool(x, c: 11, length: 6, reduce)
            }.run()
            let lengths: [Int32] = [4, 0, 7]
            LayerCheck(layer: GlobalPool(pooling, inputShape: [7, 5]), lengths: lengths, terms: 7) {
                x, sample, _ in
                Twins.pool(x, c: 5, length: Int(lengths[sample]), reduce)
            }.run()
        }
    }

    @Test func aTiedMaximumPassesItsGradientOnce() {
        let layer = GlobalPool(.maximum, inputShape: [3, 1])
        var gradient: [Float] = [0, 0, 0], scratch: [Float] = [0], none: [Float] = [0]
        gradient.withUnsafeMutableBufferPointer { gradient in
            layer.backward(
                [2, 2, 1], output: [2], outputGradient: [5], addingTo: gradient.baseAddress,
                parameterGradient: &none, LayerPass(count: 1, parameters: [0], scratch: &scratch))
        }
        #expect(gradient == [5, 0, 0])
    }

    @Test(arguments: [(inputs: 7, outputs: 5), (inputs: 40, outputs: 17), (inputs: 1, outputs: 1)])
    func linear(inputs: Int, outputs: Int) {
        let layer = Linear(inputShape: [inputs], outputs: outputs)
        LayerCheck(layer: layer, count: 5, terms: max(inputs, outputs)) { x, _, p in
            Twins.linear(x, Array(p[..<(inputs * outputs)]), Array(p[(inputs * outputs)...]))
        }.run()
    }

    @Test func dropout() {
        let layer = Dropout(inputShape: [50], probability: 0.4)
        let key = DropoutKey(seed: 5, firstSample: 8, layer: 2)
        LayerCheck(layer: layer, dropout: key, terms: 1) { x, sample, _ in
            var generator = key.generator(sample: sample)
            return x.map { generator.uniform() < 0.4 ? 0 : $0 / (1 - Double(Float(0.4))) }
        }.run()
        LayerCheck(layer: layer, terms: 1) { x, _, _ in x }.run()
    }
}
