/// A parsed statement, not yet resolved against the schema.
struct SOQLQuery: Sendable, Hashable {
    struct Path: Sendable, Hashable {
        var parts: [String]
        var offset: Int

        var text: String { self.parts.joined(separator: ".") }
    }

    enum Item: Sendable, Hashable {
        case path(Path)
        /// `COUNT()`.
        case count
        /// `FIELDS(ALL|STANDARD|CUSTOM)`.
        case fields(String)
        /// `COUNT(f)`, `MAX(f)`, `MIN(f)` with its alias.
        case aggregate(function: String, path: Path, alias: String?)
    }

    enum Comparison: String, Sendable, Hashable {
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
        case compare(Path, Comparison, Literal, offset: Int)
        case member(Path, negated: Bool, [Literal], offset: Int)
        /// `INCLUDES` and `EXCLUDES` of multi-select picklists.
        case includes(Path, negated: Bool, [Literal])
        case semiJoin(Path, negated: Bool, SOQLQuery)
    }

    struct Order: Sendable, Hashable {
        var path: Path
        var isAscending = true
        /// Nulls come first unless the statement says otherwise.
        var areNullsFirst = true
    }

    var items: [Item] = []
    var object = ""
    var objectOffset = 0
    var condition: Condition?
    var order: [Order] = []
    var limit: Int?
    var offset = 0
}
