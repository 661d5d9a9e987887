/// Conditions of a statement that one index, or a union of several, can carry.
///
/// What an index can carry is the vendor's (Large Data Volumes guide, "Maximizing the Performance of
/// Force.com SOQL"): equality, lists, ranges of numbers and times, and LIKE without a leading
/// wildcard on an indexed field of the row itself. Negations, comparisons of text by order and null
/// cannot use one; all sides of an OR must.
struct IndexCandidate: Sendable {
    /// One indexed field with its own conditions.
    struct Side: Sendable {
        var place: Int
        var filter: QueryPlan.Filter
    }

    /// Several for an OR.
    var sides: [Side]

    /// Every way to let an index lead, in the order of the statement.
    static func all(in filter: QueryPlan.Filter, of object: MockObject) -> [IndexCandidate] {
        var candidates: [IndexCandidate] = []
        for part in Self.parts(filter) {
            guard let sides = Self.sides(part, object) else { continue }
            // Both ends of a range are one look into the index.
            if sides.count == 1,
                let known = candidates.firstIndex(where: {
                    $0.sides.count == 1 && $0.sides[0].place == sides[0].place
                })
            {
                let both = [candidates[known].sides[0].filter, sides[0].filter]
                candidates[known].sides[0].filter = .all(both)
            } else {
                candidates.append(IndexCandidate(sides: sides))
            }
        }
        return candidates
    }

    /// The conditions that all have to hold.
    private static func parts(_ filter: QueryPlan.Filter) -> [QueryPlan.Filter] {
        guard case .all(let parts) = filter else { return [filter] }
        return parts.flatMap(Self.parts)
    }

    private static func sides(_ filter: QueryPlan.Filter, _ object: MockObject) -> [Side]? {
        switch filter {
        case .all:
            // Inside an OR any of them will do.
            return Self.parts(filter).lazy.compactMap { Self.sides($0, object) }.first
        case .any(let parts):
            var sides: [Side] = []
            for part in parts {
                guard let own = Self.sides(part, object) else { return nil }
                sides += own
            }
            return sides.isEmpty ? nil : sides
        case .compare(let column, let comparison, let operand):
            guard column.isPlain, !column.isTypeName,
                object.fields[column.place].isIndexedByVendor(on: object.name),
                Self.canUse(comparison, operand, object.fields[column.place])
            else { return nil }
            return [Side(place: column.place, filter: filter)]
        case .member(let column, negated: false, _, hasNull: false):
            guard column.isPlain, !column.isTypeName,
                object.fields[column.place].isIndexedByVendor(on: object.name)
            else { return nil }
            return [Side(place: column.place, filter: filter)]
        case .not, .member, .includes: return nil
        }
    }

    private static func canUse(
        _ comparison: SOQLQuery.Comparison,
        _ operand: QueryPlan.Operand,
        _ field: MockField
    ) -> Bool {
        switch operand {
        case .null: false
        case .key:
            // Ids are in order; other text is not looked up by its order.
            comparison == .equal || (comparison != .notEqual && field.type == .id)
        case .number, .time, .period: comparison != .notEqual
        case .pattern(let pattern):
            pattern.first.map { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "_") } ?? false
        }
    }
}
