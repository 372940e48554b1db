import Foundation

/// From zero to a round number: what a chart's values are drawn against.
///
/// Places along it are percentages. Charts have no width of their own, so that their letters stay legible on a telephone.
package struct ChartScale {
    package let end: Double
    /// Round values from zero to the end.
    package let ticks: [Double]

    /// The smallest scale that reaches a value, with four to six ticks.
    package init(reaching value: Double) {
        let wanted = max(value, 1e-3)
        let power = pow(10, floor(log10(wanted)))
        let step = [0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2].map { $0 * power }.first {
            $0 * 5 >= wanted * (1 - 1e-9)
        }
        let width = step ?? 2 * power
        let count = Int((wanted / width - 1e-9).rounded(.up))
        ticks = (0...count).map { Double($0) * width }
        end = Double(count) * width
    }

    /// Of the whole width: `57.13%`.
    package func place(_ value: Double) -> String { Self.percent(min(max(value / end, 0), 1)) }

    /// A tick as it is written.
    package func label(_ tick: Double) -> String { tick.formatted(end > 1 ? 1 : end > 0.1 ? 2 : 3) }

    static func percent(_ share: Double) -> String { "\((share * 100).formatted(2))%" }
}
