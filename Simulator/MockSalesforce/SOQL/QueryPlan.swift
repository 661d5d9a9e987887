/// A statement resolved against the schema: places instead of names.
struct QueryPlan: Sendable {
    /// How the values of a column compare.
    enum Comparing: Sendable, Hashable {
        case id
        case exactText
        case foldedText
        case number
        case boolean
        case date
        case datetime
    }

    /// From a reference field to the row that it names.
    struct Hop: Sendable, Hashable {
        var place: Int
        var table: Int
    }

    struct Column: Sendable, Hashable {
        var hops: [Hop] = []
        var table: Int
        var place: Int
        var comparing: Comparing
    }

    enum Operand: Sendable, Hashable {
        case null
        /// Folded where the column folds; ids in their 18-character form.
        case key(String)
        case number(Double)
        case time(Int64)
        case period(Range<Int64>)
        case pattern([UInt8])
    }

    indirect enum Filter: Sendable {
        case all([Filter])
        case any([Filter])
        case not(Filter)
        case compare(Column, SOQLQuery.Comparison, Operand)
        case member(Column, negated: Bool, keys: Set<String>, hasNull: Bool)
        case includes(Column, negated: Bool, [[String]])
    }

    struct Order: Sendable {
        var column: Column
        var isAscending: Bool
        var areNullsFirst: Bool
    }

    struct Aggregate: Sendable {
        var function: String
        var column: Column
        var alias: String
    }

    var table: Int
    var projection: Projection
    var isCount = false
    var aggregates: [Aggregate] = []
    var filter: Filter?
    var order: [Order] = []
    var limit: Int?
    var offset = 0
}
