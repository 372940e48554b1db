import FloatKernels
import Testing

@Suite struct MatrixTests {
    private let matrix = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])

    @Test func elementsAreRowByRow() {
        var matrix = matrix
        #expect(matrix[1, 0] == 4)
        #expect(matrix.row(1) == [4, 5, 6])
        matrix[0, 2] = 9
        #expect(matrix.elements == [1, 2, 9, 4, 5, 6])
    }

    @Test func selectsRowsInOrderAndRepeatedly() {
        let selected = matrix.selectingRows([1, 0, 1])
        #expect(selected == Matrix(rows: 3, columns: 3, elements: [4, 5, 6, 1, 2, 3, 4, 5, 6]))
        #expect(matrix.selectingRows([]) == Matrix(rows: 0, columns: 3))
    }

    @Test(arguments: [(0, 3), (1, 1), (2, 3), (33, 70), (100, 31)])
    func transposes(rows: Int, columns: Int) {
        var random = RandomMatrices(seed: 1)
        let matrix = random.matrix(rows, columns)
        let transposed = matrix.transposed
        #expect(transposed.rows == columns && transposed.columns == rows)
        for row in 0..<rows {
            for column in 0..<columns { #expect(transposed[column, row] == matrix[row, column]) }
        }
    }
}
