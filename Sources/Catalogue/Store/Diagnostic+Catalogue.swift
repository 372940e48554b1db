public import Diagnostics

extension Diagnostic {
    /// An item was asked for that is not in the catalogue.
    public static func noSuchItem(_ id: String, among known: some Sequence<String> = [String]()) -> Diagnostic
    {
        Diagnostic(
            .missingInput, code: "item.unknown", "no such item '\(id)'",
            fix: Suggestion.question(for: id, among: known)
                ?? "check the id, or add the item with 'coldstart add' or 'coldstart import'")
    }

    /// A user was asked for who is not in the catalogue.
    public static func noSuchUser(_ id: String, among known: some Sequence<String> = [String]()) -> Diagnostic
    {
        Diagnostic(
            .missingInput, code: "user.unknown", "no such user '\(id)'",
            fix: Suggestion.question(for: id, among: known)
                ?? "check the id, or import the user with 'coldstart import'")
    }

    static let noWorkspace = Diagnostic(
        .missingInput, code: "workspace.missing", "there is no workspace in this folder",
        fix: "make one with 'coldstart import DIR', or name another with --workspace")

    /// A rating out of `Rating.range`, or none.
    static let ratingOutOfRange = Diagnostic(
        .badData, code: "rating.out_of_range", "a rating is a number from −1,000,000,000 to 1,000,000,000",
        fix: "give a number such as 4.5")

    static func emptyID(_ kind: String) -> Diagnostic {
        Diagnostic(
            .badData, code: "\(kind).empty_id", "the \(kind) has an empty id", fix: "give each \(kind) an id")
    }
}
