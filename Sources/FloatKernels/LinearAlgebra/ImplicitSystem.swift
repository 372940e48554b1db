/// The system (G + w Σ_L yᵢyᵢᵀ) x = a Σ_L yᵢ + b Σ_O yᵢ of one row of implicit least squares, improved step by step and
/// never formed: conjugate gradients, after G. Takács, I. Pilászy and D. Tikk, "Applications of the Conjugate Gradient
/// Method for Implicit Feedback Collaborative Filtering", RecSys 2011.
///
/// G is d × d; L are the liked rows of the other side, O the other rated ones. A step costs d² + 2|L|d multiply-adds where
/// forming and solving the system costs |L|d² + d³/3. One object serves one thread for many systems of one order, on
/// storage allocated once.
public final class ImplicitSystem {
    /// d.
    private let order: Int
    private let gram: UnsafePointer<Float>
    /// w, a and b.
    private let weights: (matrix: Float, liked: Float, other: Float)
    /// Zeros, the residual r, the direction p, and A p; d values each.
    private let zeros, residual, direction, product: UnsafeMutablePointer<Float>
    /// Copies of the liked rows side by side, where they are few enough to stay in the second-level cache.
    private let copies: UnsafeMutablePointer<Float>
    private let copiedRows: Int

    /// Systems over `gram` (G, order × order, symmetric and positive definite), which outlives the object.
    ///
    /// - Parameters:
    ///   - order: d, a multiple of eight; vectors that are shorter are padded with zeros.
    ///   - weights: w, a and b.
    public init(
        gram: UnsafePointer<Float>, order: Int, weights: (matrix: Float, liked: Float, other: Float)
    ) {
        precondition(order > 0 && order % 8 == 0, "whole vectors of eight")
        self.order = order
        self.gram = gram
        self.weights = weights
        copiedRows = max(4, (1 << 16) / order / 4 * 4)
        let memory = UnsafeMutablePointer<Float>.allocate(capacity: (4 + copiedRows) * order)
        memory.initialize(repeating: 0, count: (4 + copiedRows) * order)
        (zeros, residual, direction) = (memory, memory + order, memory + 2 * order)
        (product, copies) = (memory + 3 * order, memory + 4 * order)
    }

    deinit { zeros.deallocate() }

    /// Takes at most `steps` steps from `x` (d values) towards the solution; returns xᵀA x − 2 rᵀx at the end, for the
    /// right side r.
    ///
    /// - Parameters:
    ///   - table: the other side, d values a row.
    ///   - liked: the rows of L.
    ///   - others: the rows of O.
    public func improve(
        _ x: UnsafeMutablePointer<Float>, table: UnsafePointer<Float>, liked: UnsafeBufferPointer<Int32>,
        others: UnsafeBufferPointer<Int32>, steps: Int
    ) -> Float {
        let isCopied = weights.matrix != 0 && liked.count <= copiedRows
        if isCopied { copy(liked, of: table) }
        var value = start(at: x, table, liked, others)
        var square = dotProduct(residual, residual, count: order)
        direction.update(from: residual, count: order)
        for _ in 0..<steps where square > 1e-20 {
            if isCopied {
                multiply(liked.count) { UnsafePointer(copies + $0 &* order) }
            } else {
                multiply(liked.count) { row($0, of: liked, table) }
            }
            let length = square / dotProduct(direction, product, count: order)
            // Directions that rounding has used up lead nowhere.
            guard length.isFinite && length > 0 else { break }
            addScaled(direction, by: length, to: x, count: order)
            addScaled(product, by: -length, to: residual, count: order)
            value -= length * square
            let next = dotProduct(residual, residual, count: order)
            scale(direction, by: next / square, count: order)
            addScaled(residual, by: 1, to: direction, count: order)
            square = next
        }
        return value
    }

    /// Brings the liked rows together, with zeros up to a whole group of four.
    private func copy(_ liked: UnsafeBufferPointer<Int32>, of table: UnsafePointer<Float>) {
        for place in 0..<roundedUp(liked.count, to: 4) {
            let source = row(place, of: liked, table)
            let target = copies + place &* order
            for k in Swift.stride(from: 0, to: order, by: 8) { SIMD8(at: source + k).store(at: target + k) }
        }
    }

    /// Row `place` of `indices`, and zeros behind the last one.
    @inline(__always)
    private func row(
        _ place: Int, of indices: UnsafeBufferPointer<Int32>, _ table: UnsafePointer<Float>
    ) -> UnsafePointer<Float> {
        place < indices.count ? table + Int(indices[place]) &* order : UnsafePointer(zeros)
    }

    /// r = a Σ y + b Σ y − A x, and xᵀA x − 2 rᵀx.
    private func start(
        at x: UnsafeMutablePointer<Float>, _ table: UnsafePointer<Float>, _ liked: UnsafeBufferPointer<Int32>,
        _ others: UnsafeBufferPointer<Int32>
    ) -> Float {
        multiplyGram(x)
        for i in 0..<order { residual[i] = -product[i] }
        let square = dotProduct(x, product, count: order)
        let (w, a, b) = (weights.matrix, weights.liked, weights.other)
        var sum = SIMD4<Float>.zero
        addRows(liked.count, { row($0, of: liked, table) }, along: x, to: residual) { s in
            sum += (w * s - 2 * a) * s
            return a - w * s
        }
        addRows(others.count, { row($0, of: others, table) }, along: x, to: residual) { s in
            sum -= 2 * b * s
            return SIMD4(repeating: b)
        }
        return square + (sum.x + sum.y) + (sum.z + sum.w)
    }

    /// A p.
    @inline(__always)
    private func multiply(_ count: Int, _ row: (Int) -> UnsafePointer<Float>) {
        multiplyGram(direction)
        let w = weights.matrix
        guard w != 0 else { return }
        addRows(count, row, along: direction, to: product) { w * $0 }
    }

    /// G v.
    private func multiplyGram(_ v: UnsafePointer<Float>) {
        product.update(repeating: 0, count: order)
        for row in stride(from: 0, to: order, by: 4) {
            addFour(
                gram + row * order, gram + (row + 1) * order, gram + (row + 2) * order,
                gram + (row + 3) * order,
                by: SIMD4(v[row], v[row + 1], v[row + 2], v[row + 3]), to: product)
        }
    }

    /// target += Σ c(yᵢ·v) yᵢ, four rows at a time.
    @inline(__always)
    private func addRows(
        _ count: Int, _ row: (Int) -> UnsafePointer<Float>, along v: UnsafePointer<Float>,
        to target: UnsafeMutablePointer<Float>, _ coefficients: (SIMD4<Float>) -> SIMD4<Float>
    ) {
        var i = 0
        while i < count {
            let (y0, y1, y2, y3) = (row(i), row(i &+ 1), row(i &+ 2), row(i &+ 3))
            addFour(y0, y1, y2, y3, by: coefficients(products(y0, y1, y2, y3, v)), to: target)
            i &+= 4
        }
    }

    /// yᵢ·v of four rows.
    @inline(__always)
    private func products(
        _ y0: UnsafePointer<Float>, _ y1: UnsafePointer<Float>, _ y2: UnsafePointer<Float>,
        _ y3: UnsafePointer<Float>, _ v: UnsafePointer<Float>
    ) -> SIMD4<Float> {
        var (s0, s1, s2, s3) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
        var k = 0
        while k < order {
            let x = SIMD8(at: v + k)
            s0.addProduct(SIMD8(at: y0 + k), x)
            s1.addProduct(SIMD8(at: y1 + k), x)
            s2.addProduct(SIMD8(at: y2 + k), x)
            s3.addProduct(SIMD8(at: y3 + k), x)
            k &+= 8
        }
        return SIMD8.totals(s0, s1, s2, s3)
    }

    /// target += c₀y₀ + c₁y₁ + c₂y₂ + c₃y₃.
    @inline(__always)
    private func addFour(
        _ y0: UnsafePointer<Float>, _ y1: UnsafePointer<Float>, _ y2: UnsafePointer<Float>,
        _ y3: UnsafePointer<Float>, by c: SIMD4<Float>, to target: UnsafeMutablePointer<Float>
    ) {
        let (c0, c1) = (SIMD8(repeating: c.x), SIMD8(repeating: c.y))
        let (c2, c3) = (SIMD8(repeating: c.z), SIMD8(repeating: c.w))
        var k = 0
        while k < order {
            let first = SIMD8(at: target + k).addingProduct(c0, SIMD8(at: y0 + k)).addingProduct(
                c1, SIMD8(at: y1 + k))
            let second = (c2 * SIMD8(at: y2 + k)).addingProduct(c3, SIMD8(at: y3 + k))
            (first + second).store(at: target + k)
            k &+= 8
        }
    }
}
