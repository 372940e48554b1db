import FloatKernels
import Foundation

extension Matrix {
    /// `rows` vectors of 64 as collaborative filtering learns them: mixtures of 24 factors, each of nine tenths the
    /// strength of the one before, with some noise, and of lengths that differ.
    static func reference(rows: Int, seed: UInt64, pool: ThreadPool) -> Matrix {
        let (factors, dimensions) = (24, 64)
        var generator = RandomGenerator(seed: 7)
        var mixing = Matrix(factors, dimensions, normal: &generator)
        for factor in 0..<factors {
            for column in 0..<dimensions { mixing[factor, column] *= pow(0.9, Float(factor)) }
        }
        generator = RandomGenerator(seed: seed)
        let strengths = Matrix(rows, factors, normal: &generator)
        var vectors = matrixProduct(strengths, mixing, pool: pool)
        for row in 0..<rows {
            let length = exp(0.2 * generator.normal())
            for index in row * dimensions..<(row + 1) * dimensions {
                vectors.elements[index] = (vectors.elements[index] + 0.3 * generator.normal()) * length
            }
        }
        return vectors
    }
}
