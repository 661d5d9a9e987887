/// One token of a statement, with its place for the caret of an error.
struct SOQLToken: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// A keyword, a name or a path, as written.
        case word(String)
        case string(String)
        /// A number, a date or a date and time, as written.
        case number(String)
        /// `(` `)` `,` or an operator.
        case symbol(String)
        case end
    }

    var kind: Kind
    /// In bytes from the start of the statement.
    var offset: Int
}
