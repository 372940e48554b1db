package import FloatKernels

/// The kernels that are offered to a catalogue; leave-one-out error then says which of them earn a weight.
///
/// Nothing here is made for films: every view that enough items have is offered, at more than one width, alone and
/// multiplied with the genres ("alike in plot *within* a genre"); people and other names also near in time.
package enum KernelLibrary {
    /// A view that fewer items have is not offered.
    private static let minimumItems = 8
    /// Rows that the median distance is taken over.
    private static let sampleSize = 400

    package static func offered(for items: EncodedItems, pool: ThreadPool) -> [ContentKernel] {
        let sample = items.selecting(evenlySpaced(items.count))
        func isOffered(_ view: String) -> Bool { items.presentCount(view) >= minimumItems }
        func widths(_ view: String, _ factors: [Float]) -> [KernelFactor] {
            guard isOffered(view) else { return [] }
            let middle = medianSquaredDistance(sample, view, pool: pool)
            return factors.map { KernelFactor(view, .gaussian(scale: middle * $0)) }
        }
        func cosine(_ view: String) -> [KernelFactor] { isOffered(view) ? [KernelFactor(view, .cosine)] : [] }

        // Years are measured in the catalogue's own spread: these are widths of one, a half and a sixth of it.
        let years = isOffered("year") ? [1, 1.0 / 2, 1.0 / 6].map { yearFactor(width: Float($0)) } : []
        let names = items.views.keys.filter { $0.hasPrefix("column.") }.sorted().flatMap(cosine)
        let text = widths("text", [0.25, 0.5, 1, 2])
        let poster = widths("poster", [0.25, 0.5, 1, 2])
        let statistics = PosterStatistics.allCases.flatMap { widths($0.view, [0.5, 1]) }
        let shape = widths("shape", [0.5, 2])
        let description = cosine("description")
        let trained = widths("trained", [0.5, 2])

        let genres = cosine("genres")
        let alone: [[KernelFactor]] = [
            genres, years, names, cosine("title"), description, text, poster, statistics, shape, trained,
        ]
        // Within a genre fewer items are left to tell apart: the middle widths.
        let withGenres: [[KernelFactor]] = [
            years.suffix(2), description, Array(text.dropFirst().prefix(2)),
            Array(poster.dropFirst(2).prefix(1)), shape.suffix(1),
        ]
        return alone.joined().map { ContentKernel($0) }
            + genres.flatMap { genres in withGenres.joined().map { ContentKernel(genres, $0) } }
            + years.prefix(1).flatMap { year in names.map { ContentKernel($0, year) } }
    }

    private static func yearFactor(width: Float) -> KernelFactor {
        KernelFactor("year", .gaussian(scale: 2 * width * width))
    }

    private static func evenlySpaced(_ count: Int) -> [Int] {
        let taken = min(count, sampleSize)
        return (0..<taken).map { $0 * count / taken }
    }

    private static func medianSquaredDistance(_ items: EncodedItems, _ view: String, pool: ThreadPool)
        -> Float
    {
        guard case .points(let points, let present)? = items[view] else { return 1 }
        let known = points.selectingRows(present.indices.filter { present[$0] })
        let distances = known.squaredDistances(to: known, pool: pool)
        let pairs = (0..<known.rows).flatMap { row in (0..<row).map { distances[row, $0] } }
        return max(median(pairs) ?? 1, 1e-6)
    }
}
