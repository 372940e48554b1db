extension QuantisedRows {
    /// Offers every item of `range` that passes the filter and could be among the best, with its exact score.
    ///
    /// The heap ends as after a scan of the exact rows: what is left out has a bound that does not exceed the worst
    /// exact score in the heap. The range starts at a multiple of sixteen.
    func scan(
        _ range: Range<Int>, _ query: UnsafePointer<Float>, _ quantised: QuantisedQuery, rows: ItemRows,
        filter: ScanFilter.View, into heap: SelectionHeap
    ) {
        codes.withUnsafeBufferPointer { codes in
            scales.withUnsafeBufferPointer { scales in
                quantised.words.withUnsafeBufferPointer { words in
                    guard let codes = codes.baseAddress, let scales = scales.baseAddress,
                        let words = words.baseAddress
                    else { return }
                    let table = (codes: codes, scales: scales, words: words)
                    scan(range, query, quantised, table, rows: rows, filter: filter, into: heap)
                }
            }
        }
    }

    private func scan(
        _ range: Range<Int>, _ query: UnsafePointer<Float>, _ quantised: QuantisedQuery,
        _ table: (codes: UnsafePointer<Int8>, scales: UnsafePointer<Float>, words: UnsafePointer<Int32>),
        rows: ItemRows, filter: ScanFilter.View, into heap: SelectionHeap
    ) {
        var start = range.lowerBound
        while start < range.upperBound {
            if filter.mayPass(sixteenFrom: start) {
                let sums = products(table.codes + start &* pairs &* 2, table.words)
                let low = bound(sums.low, table.scales + start, quantised, rows, start)
                let high = bound(sums.high, table.scales + start + 8, quantised, rows, start + 8)
                let threshold = heap.threshold
                if enters(low, threshold) {
                    offer(low, start..<min(start + 8, range.upperBound), query, rows, filter, heap)
                }
                if start + 8 < range.upperBound && enters(high, threshold) {
                    offer(high, start + 8..<min(start + 16, range.upperBound), query, rows, filter, heap)
                }
            }
            start &+= Self.block
        }
    }

    /// Offers the items of `range` whose bounds exceed the threshold.
    @inline(never)
    private func offer(
        _ bounds: SIMD8<Float>, _ range: Range<Int>, _ query: UnsafePointer<Float>, _ rows: ItemRows,
        _ filter: ScanFilter.View, _ heap: SelectionHeap
    ) {
        for item in range
        where !(bounds[item - range.lowerBound] <= heap.threshold) && filter.passes(item) {
            heap.offer(item, rows.score(item, query))
        }
    }

    /// c·g of the sixteen rows of a block.
    @inline(__always)
    private func products(
        _ codes: UnsafePointer<Int8>, _ words: UnsafePointer<Int32>
    ) -> (low: SIMD8<Int32>, high: SIMD8<Int32>) {
        var low = SIMD8<Int32>.zero
        var high = SIMD8<Int32>.zero
        var codes = codes
        for pair in 0..<pairs {
            let query = unsafeBitCast(SIMD8<Int32>(repeating: words[pair]), to: SIMD16<Int16>.self)
            low &+= pairwiseProduct(codes, query)
            high &+= pairwiseProduct(codes + 16, query)
            codes += Self.block * 2
        }
        return (low, high)
    }

    /// The upper bounds of eight rows' scores.
    @inline(__always)
    private func bound(
        _ products: SIMD8<Int32>, _ scales: UnsafePointer<Float>, _ query: QuantisedQuery, _ rows: ItemRows,
        _ start: Int
    ) -> SIMD8<Float> {
        let inner = SIMD8(repeating: query.slack)
            .addingProduct(SIMD8<Float>(products), SIMD8(repeating: query.scale))
        var offset = SIMD8<Float>(repeating: Self.margin)
        if let biases = rows.biases {
            if start + 8 <= rows.count {
                offset += SIMD8(at: biases + start)
            } else {
                for i in 0..<max(0, rows.count - start) { offset[i] += biases[start + i] }
            }
        }
        return offset.addingProduct(SIMD8(at: scales), inner)
    }
}

/// c₀g₀ + c₁g₁, c₂g₂ + c₃g₃, … for sixteen codes of eight bits and sixteen of sixteen.
@inline(__always)
private func pairwiseProduct(_ codes: UnsafePointer<Int8>, _ query: SIMD16<Int16>) -> SIMD8<Int32> {
    let widened = UnsafeRawPointer(codes).loadUnaligned(as: SIMD16<Int8>.self).widened
    let products = widened.widened &* query.widened
    return products.evenHalf &+ products.oddHalf
}
