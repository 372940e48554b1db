#if COLDSTART_PORTABLE && arch(x86_64)
    // Multiply-add for processors without the instruction. The standard library's calls `fmaf` once a lane, which such
    // processors have to emulate as well: two hundred times slower than this. Here the product is rounded before it is
    // added. So of a sum of n products, whose error is at most γₙ · Σ|aᵢ||bᵢ| with the instruction, it is at most
    // γ₂ₙ · Σ|aᵢ||bᵢ| (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd edition, section 3.1).
    //
    // These hide the standard library's methods wherever this module is imported.

    extension SIMD8<Float> {
        /// self + a·b, the product rounded.
        @inlinable @inline(__always)
        package func addingProduct(_ a: Self, _ b: Self) -> Self { self + a * b }

        /// self + a·b, the product rounded.
        @inlinable @inline(__always)
        package func addingProduct(_ a: Scalar, _ b: Self) -> Self { self + a * b }

        /// self += a·b, the product rounded.
        @inlinable @inline(__always)
        package mutating func addProduct(_ a: Self, _ b: Self) { self = self + a * b }

        /// self += a·b, the product rounded.
        @inlinable @inline(__always)
        package mutating func addProduct(_ a: Scalar, _ b: Self) { self = self + a * b }
    }

    extension SIMD4<Double> {
        /// self + a·b, the product rounded.
        @inlinable @inline(__always)
        package func addingProduct(_ a: Self, _ b: Self) -> Self { self + a * b }

        /// self + a·b, the product rounded.
        @inlinable @inline(__always)
        package func addingProduct(_ a: Scalar, _ b: Self) -> Self { self + a * b }

        /// self += a·b, the product rounded.
        @inlinable @inline(__always)
        package mutating func addProduct(_ a: Self, _ b: Self) { self = self + a * b }

        /// self += a·b, the product rounded.
        @inlinable @inline(__always)
        package mutating func addProduct(_ a: Scalar, _ b: Self) { self = self + a * b }
    }

    extension Float {
        /// self + a·b, the product rounded.
        @inlinable @inline(__always)
        package func addingProduct(_ a: Self, _ b: Self) -> Self { self + a * b }

        /// self += a·b, the product rounded.
        @inlinable @inline(__always)
        package mutating func addProduct(_ a: Self, _ b: Self) { self = self + a * b }
    }

    extension Double {
        /// self + a·b, the product rounded.
        @inlinable @inline(__always)
        package func addingProduct(_ a: Self, _ b: Self) -> Self { self + a * b }

        /// self += a·b, the product rounded.
        @inlinable @inline(__always)
        package mutating func addProduct(_ a: Self, _ b: Self) { self = self + a * b }
    }
#endif
