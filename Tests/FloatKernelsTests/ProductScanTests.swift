import FloatKernels
import Testing

@Suite struct ProductScanTests {
    /// The naive twin: all scores from `score`, sorted; what the filter hides and NaN left out.
    private func sorted(
        _ k: Int, count: Int, filter: ScanFilter = ScanFilter(), score: (Int) -> Float
    ) -> [ProductScan.Entry] {
        let excluded = Set(filter.excluded.map(Int.init))
        let entries = (0..<count).filter { (filter.allowed?.contains($0) ?? true) && !excluded.contains($0) }
            .map { (index: $0, score: score($0)) }.filter { !$0.score.isNaN }
        return Array(entries.sorted { ($0.score, $1.index) > ($1.score, $0.index) }.prefix(k))
    }

    /// The score of an item for one query, as documented: `dotProduct` and one addition.
    private func score(_ table: Matrix, _ biases: [Float]?, _ query: [Float]) -> (Int) -> Float {
        { item in
            let product = dotProduct(table.row(item), query, count: query.count)
            return biases.map { $0[item] + product } ?? product
        }
    }

    /// Both scans of one query against the twin, on 1, 2, 3 and 5 threads: the same indices and the same bits.
    private func check(
        _ k: Int, _ table: Matrix, _ biases: [Float]?, _ query: [Float], _ filter: ScanFilter = ScanFilter(),
        _ location: SourceLocation = #_sourceLocation
    ) {
        let expected = sorted(k, count: table.rows, filter: filter, score: score(table, biases, query))
        for isQuantised in [false, true] {
            let scan = ProductScan(vectors: table, biases: biases, isQuantised: isQuantised)
            for threads in [1, 2, 3, 5] {
                let found = scan.largest(k, query: query, filter: filter, pool: ThreadPool(threads: threads))
                #expect(found.map(\.index) == expected.map(\.index), sourceLocation: location)
                #expect(found.map(\.score) == expected.map(\.score), sourceLocation: location)
            }
        }
    }

    @Test(arguments: [1, 7, 8, 15, 16, 17, 100, 1003], [1, 2, 3, 8, 13, 40, 65])
    func agreesWithSorting(count: Int, dimensions: Int) {
        var random = RandomMatrices(seed: UInt64(count * dimensions))
        let table = random.matrix(count, dimensions)
        for k in [1, 10, count + 1] {
            check(k, table, nil, random.vector(dimensions))
            check(k, table, random.vector(count), random.vector(dimensions))
        }
    }

    /// Large enough that threads share the work.
    @Test func threadsAgree() {
        var random = RandomMatrices(seed: 1)
        let table = random.matrix(20_011, 24)
        check(25, table, random.vector(20_011), random.vector(24))
    }

    @Test func filtersHold() {
        var random = RandomMatrices(seed: 2)
        let table = random.matrix(20_011, 12)
        let query = random.vector(12)
        for step in [1, 2, 500, 30_000] {
            let allowed = ItemSet(count: 20_011, members: stride(from: 3, to: 20_011, by: step))
            let excluded = stride(from: Int32(3), to: 20_011, by: 3 * step).map { $0 }
            check(30, table, nil, query, ScanFilter(allowed: allowed))
            check(30, table, nil, query, ScanFilter(excluded: excluded))
            check(30, table, nil, query, ScanFilter(allowed: allowed, excluded: excluded))
        }
        check(3, table, nil, query, ScanFilter(allowed: ItemSet(count: 20_011, members: [])))
    }

    @Test func equalScoresComeByIndex() {
        var random = RandomMatrices(seed: 3)
        // Whole numbers, so that scores are exact and most of them occur often.
        let table = Matrix(rows: 20_003, columns: 9, elements: random.vector(20_003 * 9).map { $0.rounded() })
        check(200, table, nil, random.vector(9).map { $0.rounded() })
        check(20, Matrix(rows: 100, columns: 9), nil, random.vector(9))
        check(20, table, nil, [Float](repeating: 0, count: 9))
        check(20, table, (0..<20_003).map { Float($0 % 7) }, [Float](repeating: 0, count: 9))
    }

    /// The scan in eight bits must not lose what its bound barely covers: rows of sizes from denormal to nearly infinite,
    /// single large values in a row, biases that swallow the products, and scores that differ in the last place.
    @Test(arguments: [1, 5, 16, 33])
    func hardTables(dimensions: Int) {
        var random = RandomMatrices(seed: UInt64(dimensions))
        let count = 997
        var table = random.matrix(count, dimensions)
        let query = random.vector(dimensions)
        check(10, table, random.vector(count).map { $0 * 1e6 }, query)
        for row in 0..<count { table[row, row % dimensions] *= 1e4 }
        check(10, table, nil, query)
        for exponent in [-149, -130, -60, -20, 20, 60, 100] {
            let factor = Float(sign: .plus, exponent: exponent, significand: 1)
            var scaled = table
            for i in scaled.elements.indices where i % 3 != 0 { scaled.elements[i] *= factor }
            check(10, scaled, nil, query)
            check(10, table, nil, query.map { $0 * factor })
        }
        var close = Matrix(rows: count, columns: dimensions, repeating: 0.7)
        for row in 0..<count { close[row, row % dimensions] += Float(row % 11) * 0x1p-24 }
        check(40, close, nil, [Float](repeating: 1, count: dimensions))
    }

    /// The bound of the scan in eight bits is reached: the rest of every value has the sign of the query's and is nearly a
    /// half, and the worst of the best so far is two hundredths of a step below.
    @Test(arguments: [2, 9, 64])
    func theBoundIsNeeded(dimensions: Int) {
        // The first dimension makes a step 1; the query does not see it.
        var table = Matrix(rows: 64, columns: dimensions, repeating: 5.49)
        for row in 0..<64 {
            table[row, 0] = 127
            for column in 1..<dimensions where row < 32 { table[row, column] = 5.47 }
        }
        check(5, table, nil, [0] + [Float](repeating: 1, count: dimensions - 1))
        check(5, table, (0..<64).map { _ in 1e-3 }, [0] + [Float](repeating: 0.01, count: dimensions - 1))
    }

    @Test func infinitiesCountAndNaNIsNeverChosen() {
        var random = RandomMatrices(seed: 4)
        for special in [Float.nan, .infinity, -.infinity] {
            var table = random.matrix(301, 6)
            for row in stride(from: 5, to: 301, by: 37) { table[row, row % 6] = special }
            var biases = random.vector(301)
            check(20, table, biases, random.vector(6))
            biases[17] = special
            biases[300] = special
            check(20, table, biases, random.vector(6))
            var query = random.vector(6)
            query[2] = special
            check(20, table, biases, query)
        }
        let nothing = Matrix(rows: 40, columns: 3, repeating: .nan)
        check(5, nothing, nil, [1, 2, 3])
    }

    @Test(arguments: [2, 5, 15, 16, 17, 50, 1100], [1, 5, 6, 7, 130])
    func batchesAgreeWithSorting(users: Int, items: Int) {
        var random = RandomMatrices(seed: UInt64(users * items))
        for dimensions in [1, 8, 19] {
            checkBatch(
                7, random.matrix(users, dimensions), random.matrix(items, dimensions), random.vector(items))
        }
    }

    /// A batch against the twin on the matrix product, whose chains of operations it promises.
    private func checkBatch(
        _ k: Int, _ queries: Matrix, _ table: Matrix, _ biases: [Float], allowed: ItemSet? = nil,
        excluded: [[Int32]] = [], _ location: SourceLocation = #_sourceLocation
    ) {
        let scan = ProductScan(vectors: table, biases: biases)
        for threads in [1, 2, 3, 5] {
            let lists = scan.largest(
                k, queries: queries, allowed: allowed, excluded: excluded, pool: ThreadPool(threads: threads))
            for user in 0..<queries.rows {
                let filter = ScanFilter(allowed: allowed, excluded: excluded.isEmpty ? [] : excluded[user])
                let expected = sorted(k, count: table.rows, filter: filter) { item in
                    var sum: Float = 0
                    for j in 0..<table.columns { sum.addProduct(table[item, j], queries[user, j]) }
                    return sum + biases[item]
                }
                #expect(lists[user].map(\.index) == expected.map(\.index), sourceLocation: location)
                #expect(lists[user].map(\.score) == expected.map(\.score), sourceLocation: location)
            }
        }
    }

    @Test func aBatchOfOneIsAQuery() {
        var random = RandomMatrices(seed: 8)
        let scan = ProductScan(vectors: random.matrix(500, 21), biases: random.vector(500))
        let query = random.matrix(1, 21)
        let list = scan.largest(9, queries: query, excluded: [[3, 7]])[0]
        let expected = scan.largest(9, query: query.elements, filter: ScanFilter(excluded: [3, 7]))
        #expect(list.map(\.index) == expected.map(\.index) && list.map(\.score) == expected.map(\.score))
    }

    @Test func batchesFilter() {
        var random = RandomMatrices(seed: 6)
        let excluded = (0..<37).map { user in (0..<Int32(300)).filter { ($0 + Int32(user)) % 3 == 0 } }
        checkBatch(
            12, random.matrix(37, 10), random.matrix(300, 10), random.vector(300),
            allowed: ItemSet(count: 300, members: stride(from: 0, to: 300, by: 2)), excluded: excluded)
        checkBatch(400, random.matrix(3, 10), random.matrix(300, 10), random.vector(300))
    }

    @Test func batchesChooseNoNaN() {
        var random = RandomMatrices(seed: 7)
        var table = random.matrix(64, 5)
        for row in stride(from: 0, to: 64, by: 7) { table[row, row % 5] = [.nan, .infinity][row % 2] }
        var queries = random.matrix(20, 5)
        queries[3, 3] = .nan
        queries[4, 4] = .infinity
        checkBatch(64, queries, table, random.vector(64))
    }

    @Test func emptyTablesGiveEmptyLists() {
        let scan = ProductScan(vectors: Matrix(rows: 0, columns: 4), isQuantised: true)
        #expect(scan.largest(3, query: [1, 2, 3, 4]).isEmpty)
        #expect(scan.largest(3, queries: Matrix(rows: 2, columns: 4)).map(\.count) == [0, 0])
        let one = ProductScan(vectors: Matrix(rows: 1, columns: 4))
        #expect(one.largest(0, query: [1, 2, 3, 4]).isEmpty)
    }
}
