/// `value` with a fixed number of decimal places, for the notes of a monitor.
func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite && abs(value) < 1e12 else { return "\(value)" }
    let scale = (0..<places).reduce(1) { power, _ in power * 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    let zeros = String(repeating: "0", count: places - fraction.count)
    return (value < 0 ? "-" : "") + "\(scaled / scale)." + zeros + fraction
}
