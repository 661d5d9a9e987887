/// A parsed statement, not yet resolved against the schema.
struct SOQLQuery: Sendable, Hashable {
    struct Path: Sendable, Hashable {
        var parts: [String]
        var offset: Int

        var text: String { self.parts.joined(separator: ".") }
    }

    /// A field, bare or inside a function.
    struct Expression: Sendable, Hashable {
        var function: SOQLFunction?
        var path: Path
    }

    /// `TYPEOF path WHEN object THEN fields … ELSE fields END`.
    struct TypeOf: Sendable, Hashable {
        struct When: Sendable, Hashable {
            var object: Path
            var fields: [Path]
        }

        var path: Path
        var whens: [When] = []
        var otherwise: [Path] = []
    }

    enum Item: Sendable, Hashable {
        case expression(Expression, alias: String?)
        /// `COUNT()`.
        case count
        /// `FIELDS(ALL|STANDARD|CUSTOM)`.
        case fields(String)
        case typeOf(TypeOf)
        /// A statement over a child relationship.
        case children(SOQLQuery)
    }

    enum Comparison: String, Sendable, Hashable, Codable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case like = "LIKE"
    }

    enum Literal: Sendable, Hashable {
        case null
        case boolean(Bool)
        case string(String)
        case number(String)
        /// Start of day.
        case date(Int64)
        case datetime(Int64)
        /// `TODAY`, `LAST_N_DAYS:7`.
        case period(String)
    }

    indirect enum Condition: Sendable, Hashable {
        case all([Condition])
        case any([Condition])
        case not(Condition)
        case compare(Expression, Comparison, Literal, offset: Int)
        case member(Expression, negated: Bool, [Literal], offset: Int)
        /// `INCLUDES` and `EXCLUDES` of multi-select picklists.
        case includes(Path, negated: Bool, [Literal])
        case semiJoin(Path, negated: Bool, SOQLQuery)
    }

    struct Order: Sendable, Hashable {
        var expression: Expression
        var isAscending = true
        /// Nulls come first unless the statement says otherwise.
        var areNullsFirst = true
    }

    /// Which subtotals a grouped statement adds.
    enum Subtotals: String, Sendable, Hashable {
        /// From the last group to the first, then all.
        case rollup = "ROLLUP"
        /// Of every combination.
        case cube = "CUBE"
    }

    var items: [Item] = []
    var object = ""
    var objectOffset = 0
    /// The object's other name in this statement.
    var alias: String?
    var condition: Condition?
    var groups: [Expression] = []
    var subtotals: Subtotals?
    var having: Condition?
    var order: [Order] = []
    var limit: Int?
    var offset = 0
}
