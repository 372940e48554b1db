public import Catalogue
import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent

extension Explainer {
    /// A poster's file, and its name for messages and answers.
    public typealias PosterFile = (bytes: [UInt8], name: String)

    /// Two posters for one item that is not in the catalogue; nothing is stored.
    ///
    /// - Parameter count: at most so many neighbours.
    /// - Throws: `poster.…` for a picture that cannot be read; `compare.no_posters` where the version looks at none.
    public func compare(
        _ first: PosterFile, _ second: PosterFile, for item: Item, count: Int = 5
    ) throws -> PosterComparison {
        let projection = try projection()
        let readings = try [first, second].map { poster in
            try projection.read(
                ContentRecord(
                    item, poster: try ContentReader.networkSized(poster.bytes, name: poster.name)),
                pool: recommender.pool)
        }
        guard projection.kinds(of: readings[0]).contains("poster") else {
            throw Diagnostic(
                .missingInput, code: "compare.no_posters",
                "model \(snapshot.version) looks at no posters: the catalogue has too few, or they say nothing",
                fix: "import posters of items that have ratings, and run 'coldstart train'")
        }
        let difference = projection.difference(readings[0], readings[1], pool: recommender.pool)
        let placed = readings.map { projection.place($0, pool: recommender.pool) }
        let draw = try PosterDraw(self, places: placed.map { $0.places[0] }, difference)
        let rows = Array(snapshot.items.indices)
        func side(_ index: Int, _ poster: PosterFile) -> PosterComparison.Side {
            PosterComparison.Side(
                poster: poster.name,
                neighbours: recommender.neighbours(
                    of: placed[index].vectors.row(0), count: count, among: rows),
                reach: draw.reach[index], variance: placed[index].variances[0])
        }
        let isBeyondNoise = difference.isBeyondNoise
        let appeal = difference.step[difference.step.count - 1]
        let margin = 1.96 * difference.biasVariance.squareRoot()
        return PosterComparison(
            title: item.title, modelVersion: snapshot.version, a: side(0, first), b: side(1, second),
            distance: difference.step.length,
            deviation: (difference.vectorVariance + difference.biasVariance).squareRoot(),
            isBeyondNoise: isBeyondNoise,
            appeal: .init(difference: appeal, low: appeal - margin, high: appeal + margin),
            audience: draw.exchange, traitsOfA: isBeyondNoise ? try draw.traits(of: .a, in: self) : [],
            traitsOfB: isBeyondNoise ? try draw.traits(of: .b, in: self) : [])
    }
}

extension PlacementDifference {
    /// Whether no difference at all is outside of the ellipsoid that holds the difference at 95 %.
    var isBeyondNoise: Bool {
        let dimensions = Double(step.count - 1)
        let bias = step[step.count - 1]
        let vector = step.dropLast().reduce(0) { $0 + $1 * $1 }
        guard vector + bias * bias > 0 else { return false }
        let least = Double.leastNormalMagnitude
        let distance =
            dimensions * vector / max(vectorVariance, least) + bias * bias / max(biasVariance, least)
        return distance > Self.chiSquared95(dimensions + 1)
    }

    /// The 95 % quantile of χ² (Wilson & Hilferty 1931).
    private static func chiSquared95(_ freedom: Double) -> Double {
        let part = 2 / (9 * freedom)
        let root = 1 - part + 1.6449 * part.squareRoot()
        return freedom * root * root * root
    }
}
