/// What is taken of a picture already: nothing is put where something is.
struct MapOccupancy {
    let bounds: MapRectangle
    private var taken: [MapRectangle] = []

    init(_ bounds: MapRectangle) { self.bounds = bounds }

    func isFree(_ rectangle: MapRectangle) -> Bool {
        bounds.contains(rectangle) && !taken.contains { $0.overlaps(rectangle) }
    }

    mutating func take(_ rectangle: MapRectangle) { taken.append(rectangle) }

    /// Takes it if it is free; whether it was.
    mutating func takes(_ rectangle: MapRectangle) -> Bool {
        guard isFree(rectangle) else { return false }
        take(rectangle)
        return true
    }
}
