/// One viewer's opinion of one film.
struct Rating {
    /// Positions in the lists of viewers and films.
    var viewer, film: Int
    /// 1 to 5.
    var stars: Int
    /// Seconds since 1970, UTC.
    var timestamp: Int
}
