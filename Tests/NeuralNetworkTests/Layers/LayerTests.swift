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

    struct FusedCase: Sendable {
        var h, w, c, f, size, stride, padding: Int
        var pooling: ConvolutionPooling
    }

    /// Both ways of the forward pass, windows that do not fit, filters and channels that fill no vector.
    @Test(arguments: [
        FusedCase(h: 5, w: 7, c: 3, f: 11, size: 3, stride: 1, padding: 1, pooling: .maximum2x2),
        FusedCase(h: 5, w: 4, c: 16, f: 17, size: 3, stride: 1, padding: 1, pooling: .maximum2x2),
        FusedCase(h: 4, w: 6, c: 24, f: 16, size: 3, stride: 1, padding: 1, pooling: .none),
        FusedCase(h: 3, w: 5, c: 16, f: 9, size: 3, stride: 1, padding: 1, pooling: .none),
        FusedCase(h: 4, w: 4, c: 16, f: 19, size: 3, stride: 1, padding: 1, pooling: .globalMean),
        FusedCase(h: 6, w: 5, c: 5, f: 8, size: 3, stride: 2, padding: 1, pooling: .globalMean),
        FusedCase(h: 5, w: 9, c: 8, f: 13, size: 2, stride: 1, padding: 0, pooling: .globalMaximum),
        FusedCase(h: 6, w: 14, c: 9, f: 16, size: 4, stride: 2, padding: 1, pooling: .maximum2x2),
    ])
    func rectifiedAndPooledConv2D(_ a: FusedCase) {
        let layer = Conv2D(
            inputShape: [a.h, a.w, a.c], filters: a.f, size: a.size, stride: a.stride, padding: a.padding,
            activation: .relu, pooling: a.pooling)
        let weights = a.size * a.size * a.c * a.f
        let outH = (a.h + 2 * a.padding - a.size) / a.stride + 1
        let outW = (a.w + 2 * a.padding - a.size) / a.stride + 1
        // Winograd's sums reach over four rows and columns, and are taken in three steps more.
        let terms = max(16 * max(a.c, a.f), a.size * a.size * max(a.c, a.f), 3 * outH * outW)
        LayerCheck(layer: layer, count: 2, terms: terms) { x, _, p in
            let maps = Twins.relu(
                Twins.conv2D(
                    x, Array(p[..<weights]), Array(p[weights...]), h: a.h, w: a.w, c: a.c, f: a.f, kh: a.size,
                    kw: a.size, stride: a.stride, padY: a.padding, padX: a.padding))
            return switch a.pooling {
            case .none: maps
            case .maximum2x2: Twins.maximum2x2(maps, h: outH, w: outW, c: a.f)
            case .globalMaximum: Twins.pool(maps, c: a.f, length: outH * outW, Twins.maximum)
            case .globalMean: Twins.pool(maps, c: a.f, length: outH * outW, Twins.mean)
            }
        }.run()
    }

    @Test(arguments: [
        (l: 7, c: 4, f: 16, width: 3), (l: 1, c: 3, f: 9, width: 5), (l: 9, c: 8, f: 5, width: 1),
        (l: 11, c: 27, f: 7, width: 3),
    ])
    func conv1D(l: Int, c: Int, f: Int, width: Int) {
        let weights = width * c * f
        for lengths in [nil, [Int32(l), 0, Int32(l / 2 + 1)]] as [[Int32]?] {
            let layer = Conv1D(inputShape: [l, c], filters: f, width: width)
            LayerCheck(layer: layer, lengths: lengths, terms: max(width * max(c, f), 3 * l)) { x, sample, p in
                Twins.conv1D(
                    x, Array(p[..<weights]), Array(p[weights...]), l: l, c: c, f: f, width: width,
                    length: lengths.map { Int($0[sample]) } ?? l, padding: width / 2)
            }.run()
        }
    }

    /// Filters that stay inside, of any width; sequences shorter than a filter have no outputs.
    @Test(arguments: [ConvolutionPooling.none, .globalMaximum, .globalMean], [Activation.none, .relu])
    func pooledConv1D(pooling: ConvolutionPooling, activation: Activation) {
        let (l, c, f, width) = (13, 10, 12, 4), weights = width * c * f
        for lengths in [nil, [Int32(l), 3, 9]] as [[Int32]?] {
            let layer = Conv1D(
                inputShape: [l, c], filters: f, width: width, keepsLength: false, activation: activation,
                pooling: pooling)
            LayerCheck(layer: layer, lengths: lengths, terms: max(width * max(c, f), 3 * l)) { x, sample, p in
                let length = lengths.map { Int($0[sample]) } ?? l
                var maps = Twins.conv1D(
                    x, Array(p[..<weights]), Array(p[weights...]), l: l, c: c, f: f, width: width,
                    length: length, padding: 0)
                if activation == .relu { maps = Twins.relu(maps) }
                let positions = Twins.outputs(of: length, width: width, padding: 0)
                return switch pooling {
                case .globalMaximum: Twins.pool(maps, c: f, length: positions, Twins.maximum)
                case .globalMean: Twins.pool(maps, c: f, length: positions, Twins.mean)
                default: maps
                }
            }.run()
        }
    }

    @Test func relu() {
        LayerCheck(layer: ReLU(inputShape: [3, 7]), terms: 1) { x, _, _ in Twins.relu(x) }.run()
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
                parameterGradient: &none, LayerPass(count: 1, parameters: [0], packed: [0], scratch: &scratch)
            )
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
