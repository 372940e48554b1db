/// What a column holds, where a header line says it: the types of RecBole's atomic files.
enum ColumnType: String {
    /// One word of few or many, such as an id.
    case token
    /// Words with blanks between them.
    case tokens = "token_seq"
    case number = "float"
    /// Numbers with blanks between them.
    case numbers = "float_seq"
}
