/// A statement resolved against the schema: places instead of names.
struct QueryPlan: Sendable, Codable {
    /// How the values of a column compare.
    enum Comparing: Sendable, Hashable, Codable {
        case id
        case exactText
        case foldedText
        case number
        case boolean
        case date
        case datetime
    }

    /// From a reference field to the rows that it can name, of one object or of several.
    struct Hop: Sendable, Hashable, Codable {
        var place: Int
        var tables: [Int]
    }

    /// Where a column's field stands in one object.
    struct Target: Sendable, Hashable, Codable {
        var table: Int
        var place: Int
    }

    struct Column: Sendable, Hashable, Codable {
        var hops: [Hop] = []
        var table: Int
        var place: Int
        var comparing: Comparing
        /// The same field in the other objects that a polymorphic reference can name.
        var others: [Target] = []
        /// `Type` of a polymorphic reference: the name of the object itself.
        var isTypeName = false
        var function: SOQLFunction?

        /// Whether it is a field of the row itself, as it is.
        var isPlain: Bool { self.hops.isEmpty && self.function == nil }
    }

    enum Operand: Sendable, Hashable, Codable {
        case null
        /// Folded where the column folds; ids in their 18-character form.
        case key(String)
        case number(Double)
        case time(Int64)
        case period(Range<Int64>)
        case pattern([UInt8])
    }

    indirect enum Filter: Sendable, Codable {
        case all([Filter])
        case any([Filter])
        case not(Filter)
        case compare(Column, SOQLQuery.Comparison, Operand)
        case member(Column, negated: Bool, keys: Set<String>, hasNull: Bool)
        case includes(Column, negated: Bool, [[String]])
    }

    struct Order: Sendable, Codable {
        var column: Column
        var isAscending: Bool
        var areNullsFirst: Bool
    }

    /// What a grouped statement makes of the rows.
    struct Grouping: Sendable, Codable {
        /// One value of a group.
        enum Source: Sendable, Hashable, Codable {
            case key(Int)
            case aggregate(Int)
            /// Whether the line is a subtotal over that key.
            case isSubtotal(Int)
        }

        struct Aggregate: Sendable, Hashable, Codable {
            var function: SOQLFunction
            var column: Column
        }

        struct Output: Sendable, Codable {
            var name: String
            var source: Source
        }

        struct Order: Sendable, Codable {
            var source: Source
            var isAscending: Bool
            var areNullsFirst: Bool
        }

        indirect enum Filter: Sendable, Codable {
            case all([Filter])
            case any([Filter])
            case not(Filter)
            case compare(Source, SOQLQuery.Comparison, Operand)
        }

        var keys: [Column] = []
        /// The keys that a line is made by, one set for each level: all of them first.
        var levels: [Set<Int>] = []
        var aggregates: [Aggregate] = []
        var outputs: [Output] = []
        var having: Filter?
        var order: [Order] = []
        /// Of groups, not of rows.
        var limit: Int?
        var offset = 0
    }

    var table: Int
    var projection: Projection
    var isCount = false
    /// Bulk jobs take no TYPEOF.
    var hasTypeOf = false
    var grouping: Grouping?
    var filter: Filter?
    var order: [Order] = []
    var limit: Int?
    var offset = 0
}
