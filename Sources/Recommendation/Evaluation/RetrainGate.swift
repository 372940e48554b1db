import Foundation

/// log₂ x.
func binaryLogarithm(_ x: Double) -> Double { log2(x) }

/// Whether a new projection may take over from the active one.
public struct GateVerdict: Sendable, Codable {
    /// NDCG@20 of the new and of the active projection on the same left-out items.
    public let candidate: Double
    /// NDCG@20 of the active projection on the same items.
    public let active: Double
    /// Standard error of their difference over users.
    public let standardError: Double

    /// False where the new one is worse by more than two standard errors.
    public var passes: Bool { candidate >= active - 2 * standardError }

    /// Compares user by user.
    package init(candidate: RankingScores, active: RankingScores) {
        let differences = zip(candidate.users, active.users).compactMap { new, old in
            new.flatMap { new in old.map { new.ndcg - $0.ndcg } }
        }
        let count = Double(max(differences.count, 1))
        let mean = differences.reduce(0, +) / count
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        self.candidate = candidate.mean.ndcg20
        self.active = active.mean.ndcg20
        self.standardError = (variance / count).squareRoot()
    }
}
