import WireJSON

/// What a record must be to belong to a list: groups of conditions on its properties.
///
/// Only conditions on properties are known; others match nobody.
indirect enum SegmentFilter: Sendable, Hashable {
    case all([SegmentFilter])
    case any([SegmentFilter])
    case property(String, operation: String, values: [String])
    case unknown

    /// `{"filterBranchType":"OR","filterBranches":[…],"filters":[…]}`.
    init(_ json: JSON) {
        let parts =
            (json["filterBranches"]?.elements ?? []).map(SegmentFilter.init)
            + (json["filters"]?.elements ?? []).map(SegmentFilter.condition)
        self = json["filterBranchType"]?.string == "OR" ? .any(parts) : .all(parts)
    }

    private static func condition(_ json: JSON) -> SegmentFilter {
        guard json["filterType"]?.string == "PROPERTY", let name = json["property"]?.string,
            let operation = json["operation"]
        else { return .unknown }
        let value = operation["value"].flatMap { $0.string ?? $0.numberText }
        let values = operation["values"]?.elements.compactMap { $0.string ?? $0.numberText }
        return .property(
            name,
            operation: operation["operator"]?.string ?? "",
            values: values ?? value.map { [$0] } ?? []
        )
    }

    func matches(_ record: [String: String]) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.matches(record) }
        case .any(let parts): parts.contains { $0.matches(record) }
        case .unknown: false
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
