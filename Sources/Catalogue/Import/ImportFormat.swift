/// The layouts of files that can be imported.
public enum ImportFormat: String, Sendable, CaseIterable {
    /// Whatever names and header lines say the files are.
    case auto
    /// `items.csv`, `users.csv`, `ratings.csv`.
    case coldstart
    /// MovieLens 100K, 1M, or the CSV files of latest, 20M, 25M and 32M.
    case movielens
    /// Atomic files of RecBole: `.item`, `.user`, `.inter`.
    case recbole
}
