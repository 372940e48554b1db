extension CategoricalFields {
    /// The codes of a row as a profile network reads them, each with its field.
    func fieldCodes(of row: AttributeTable.Row) -> [(field: Int, code: Int, weight: Float)] {
        var field = 0
        return codes(of: row).map { code, weight in
            while code >= starts[field + 1] { field += 1 }
            return (field, code, weight)
        }
    }
}
