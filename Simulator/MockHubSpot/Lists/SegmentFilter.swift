import WireJSON

/// What a record must be to belong to a list: groups of conditions on its properties, on its
/// membership of other lists, on the records that it is tied to and on what it did.
///
/// Conditions of other kinds, such as those on page views, match nobody.
indirect enum SegmentFilter: Sendable, Hashable, Codable {
    case all([SegmentFilter])
    case any([SegmentFilter])
    case property(String, operation: String, values: [String])
    /// `IN_LIST`.
    case inList(String, isIn: Bool)
    /// A branch on tied records of an object type; the kind of tie may be open.
    case associated(String, kind: Int?, isIn: Bool, [SegmentFilter])
    /// Tied to a member of a list.
    case associatedInList(String, kind: Int?, list: String, isIn: Bool)
    /// How many records it is tied to by that kind.
    case tieCount(kind: Int, ClosedRange<Int>)
    case event(EventCondition)
    case unknown

    /// `{"filterBranchType":"OR","filterBranches":[…],"filters":[…]}`.
    init(_ json: JSON) {
        let parts =
            (json["filterBranches"]?.elements ?? []).map(SegmentFilter.init)
            + (json["filters"]?.elements ?? []).map(SegmentFilter.condition)
        switch json["filterBranchType"]?.string {
        case "OR": self = .any(parts)
        case "ASSOCIATION":
            self = .associated(
                json["objectTypeId"]?.string ?? "",
                kind: Self.number(json["associationTypeId"]),
                isIn: Self.isIn(json),
                parts
            )
        case "UNIFIED_EVENTS":
            self = EventCondition(json, parts: parts).map(SegmentFilter.event) ?? .unknown
        case .some, .none: self = .all(parts)
        }
    }

    private static func number(_ json: JSON?) -> Int? {
        json?.integer.flatMap { Int(exactly: $0) }
    }

    private static func isIn(_ json: JSON) -> Bool { json["operator"]?.string != "NOT_IN_LIST" }

    /// A condition that is not on a property of the record.
    private static func other(_ json: JSON) -> SegmentFilter {
        let list = json["listId"].flatMap { $0.string ?? $0.numberText }
        switch (json["filterType"]?.string, list) {
        case ("IN_LIST"?, let list?): return .inList(list, isIn: Self.isIn(json))
        case ("ASSOCIATION"?, let list?):
            let type = json["toObjectTypeId"]?.string ?? json["toObjectType"]?.string ?? ""
            return .associatedInList(
                type,
                kind: Self.number(json["associationTypeId"]),
                list: list,
                isIn: Self.isIn(json)
            )
        case ("NUM_ASSOCIATIONS"?, _):
            let bounds = json["coalescingRefineBy"]
            let least = Self.number(bounds?["minOccurrences"]) ?? 0
            let most = Self.number(bounds?["maxOccurrences"]) ?? .max
            guard let kind = Self.number(json["associationTypeId"]), least <= most else {
                return .unknown
            }
            return .tieCount(kind: kind, least...most)
        case ("FORM_SUBMISSION"?, _), ("EVENT"?, _), ("UNIFIED_EVENTS"?, _):
            let lines = (json["filterLines"]?.elements ?? []).map(Self.property)
            return EventCondition(json, parts: lines).map(SegmentFilter.event) ?? .unknown
        default: return .unknown
        }
    }

    /// Whether anybody's events have to be known to decide it.
    var asksForEvents: Bool {
        switch self {
        case .all(let parts), .any(let parts), .associated(_, _, _, let parts):
            parts.contains { $0.asksForEvents }
        case .event: true
        case .property, .inList, .associatedInList, .tieCount, .unknown: false
        }
    }

    private static func condition(_ json: JSON) -> SegmentFilter {
        json["filterType"]?.string == "PROPERTY" ? Self.property(json) : Self.other(json)
    }

    private static func property(_ json: JSON) -> SegmentFilter {
        guard let name = json["property"]?.string, let operation = json["operation"] else {
            return .unknown
        }
        let value = operation["value"].flatMap { $0.string ?? $0.numberText }
        let values = operation["values"]?.elements.compactMap { $0.string ?? $0.numberText }
        return .property(
            name,
            operation: operation["operator"]?.string ?? "",
            values: values ?? value.map { [$0] } ?? []
        )
    }

    /// By the record's own values alone.
    func matches(_ record: [String: String]) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.matches(record) }
        case .any(let parts): parts.contains { $0.matches(record) }
        case .unknown, .inList, .associated, .associatedInList, .tieCount, .event: false
        case .property(let name, let operation, let values):
            Self.holds(record[name]?.lowercased(), operation, values.map { $0.lowercased() })
        }
    }

    private static func holds(_ own: String?, _ operation: String, _ values: [String]) -> Bool {
        let parts = own?.split(separator: ";").map(String.init) ?? []
        switch operation {
        case "IS_KNOWN": return own != nil
        case "IS_UNKNOWN": return own == nil
        case "IS_EQUAL_TO", "IS_ANY_OF", "IS_EXACTLY":
            return own.map { values.contains($0) } ?? false
                || parts.contains { values.contains($0) }
        case "IS_NOT_EQUAL_TO", "IS_NONE_OF":
            return !parts.contains { values.contains($0) }
                && own.map { !values.contains($0) } ?? true
        case "CONTAINS": return values.contains { own?.contains($0) ?? false }
        case "DOES_NOT_CONTAIN": return !values.contains { own?.contains($0) ?? false }
        case "STARTS_WITH": return values.contains { own?.hasPrefix($0) ?? false }
        case "ENDS_WITH": return values.contains { own?.hasSuffix($0) ?? false }
        case "IS_TRUE": return own == "true"
        case "IS_FALSE": return own == "false"
        default:
            guard let left = own.flatMap(Double.init), let right = values.first.flatMap(Double.init)
            else { return false }
            switch operation {
            case "IS_GREATER_THAN": return left > right
            case "IS_GREATER_THAN_OR_EQUAL_TO": return left >= right
            case "IS_LESS_THAN": return left < right
            case "IS_LESS_THAN_OR_EQUAL_TO": return left <= right
            default: return false
            }
        }
    }
}
