/// What an import did.
public struct ImportReport: Sendable, Equatable {
    /// Items of the items files.
    public var items = ChangeCounts()
    /// Users of the users files, and those who came with ratings only.
    public var users = ChangeCounts()
    /// Ratings, those of unknown items not among them.
    public var ratings = ChangeCounts()
    /// Posters that were new to the workspace.
    public var posters = 0
    /// Posters that were left out because they could not be read.
    public var skippedPosters = 0
    /// Ratings that were left out because they name items that are not in the catalogue.
    public var ratingsOfUnknownItems = 0
    /// What the user should look at, a sentence each; at most `longestList`, and then how many more there are.
    public var warnings: [String] = []
    /// How long it took.
    public var seconds = 0.0

    /// Warnings that are listed one by one.
    public static let longestList = 20
    private var unlistedWarnings = 0

    /// A report of nothing.
    public init() {}

    /// Adds a warning.
    mutating func warn(_ warning: String) {
        if warnings.count < Self.longestList {
            warnings.append(warning)
            return
        }
        unlistedWarnings += 1
        if unlistedWarnings > 1 { warnings.removeLast() }
        warnings.append("and \(unlistedWarnings) more")
    }
}
