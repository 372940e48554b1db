import Foundation

extension Double {
    /// With so many decimals.
    func formatted(_ decimals: Int) -> String { String(format: "%.\(decimals)f", self) }
    /// `0.331` → `33.1 %`.
    var percent: String { String(format: "%.1f %%", self * 100) }
}

extension Float {
    /// With so many decimals.
    func formatted(_ decimals: Int) -> String { Double(self).formatted(decimals) }
}

extension Int {
    /// With thin groups of three: `1 000 209`.
    var grouped: String {
        var digits = String(magnitude)
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
            place -= 3
        }
        return (self < 0 ? "-" : "") + digits
    }
}

/// `Title (1995)`, or the title alone.
func titled(_ title: String, _ year: Int?) -> String { year.map { "\(title) (\($0))" } ?? title }
