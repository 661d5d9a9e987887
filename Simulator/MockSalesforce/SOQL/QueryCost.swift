/// One way to carry a statement out, as `explain` lists it.
///
/// Thresholds and what lies behind them are the vendor's: a standard index leads where it gives at most
/// 30 % of the first million records and 15 % of the rest, a million at most; a custom one at a third
/// of each. The costs are those of recorded plans: an index costs what it gives over its threshold, a
/// scan 1 and 0.65 of what it gives over the standard threshold, a LIMIT alone its number over it.
struct QueryCost: Sendable, Hashable {
    enum Lead: String, Sendable {
        case index = "Index"
        case tableScan = "TableScan"
        case other = "Other"
    }

    var lead: Lead
    /// Of the index, as the statement's object names them.
    var fields: [String] = []
    /// How many records it gives.
    var cardinality: Int
    /// Over 1 is not selective.
    var relativeCost: Double

    /// The most records for which an index of an object with so many leads.
    static func threshold(of count: Int, isCustom: Bool) -> Int {
        let first = min(count, 1_000_000)
        let rest = count - first
        return isCustom
            ? min(first / 10 + rest / 20, 333_333) : min(first * 3 / 10 + rest * 3 / 20, 1_000_000)
    }

    /// `parts`: what each index gives, and whether it is a custom one; several for a union.
    static func index(
        _ fields: [String],
        _ parts: [(cardinality: Int, isCustom: Bool)],
        of count: Int
    ) -> QueryCost {
        let cost = parts.reduce(0.0) { sum, part in
            let threshold = Self.threshold(of: count, isCustom: part.isCustom)
            // Of three records none is the threshold, and the guide's own example costs nothing.
            return sum + (threshold == 0 ? 0 : Double(part.cardinality) / Double(threshold))
        }
        return QueryCost(
            lead: .index,
            fields: fields,
            cardinality: min(count, parts.reduce(0) { $0 + $1.cardinality }),
            relativeCost: cost
        )
    }

    static func tableScan(_ cardinality: Int, of count: Int) -> QueryCost {
        let threshold = Self.threshold(of: count, isCustom: false)
        let share = 0.65 * Double(cardinality) / Double(max(1, threshold))
        return QueryCost(
            lead: .tableScan,
            cardinality: cardinality,
            relativeCost: threshold == 0 ? share : 1 + share
        )
    }

    static func limit(_ limit: Int, of count: Int) -> QueryCost {
        let threshold = max(1, Self.threshold(of: count, isCustom: false))
        return QueryCost(
            lead: .other,
            cardinality: min(limit, count),
            relativeCost: Double(min(limit, count)) / Double(threshold)
        )
    }

    /// The one that is used first: selective ones by their cost, then the scan, then the rest.
    static func isBefore(_ first: QueryCost, _ second: QueryCost) -> Bool {
        func rank(_ cost: QueryCost) -> Int {
            switch cost.lead {
            case .tableScan: 1
            case .index, .other: cost.relativeCost > 1 ? 2 : 0
            }
        }
        return (rank(first), first.relativeCost) < (rank(second), second.relativeCost)
    }
}
