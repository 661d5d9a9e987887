import WireJSON

/// One condition of an exported view.
struct ExportFilter: Sendable, Codable {
    var property: String
    var operation: String
    var values: [String]
    var high: String

    init(_ json: JSON) {
        self.property = json["propertyName"]?.string ?? ""
        self.operation = json["operator"]?.string ?? ""
        let one = json["value"].flatMap { $0.string ?? $0.numberText }
        let many = json["values"]?.elements.compactMap { $0.string ?? $0.numberText } ?? []
        self.values = ((one.map { [$0] } ?? []) + many).map { $0.lowercased() }
        self.high = json["highValue"].flatMap { $0.string ?? $0.numberText } ?? ""
    }

    /// Whether the record's value fits; it is empty where there is none.
    func matches(_ own: String) -> Bool {
        let own = own.lowercased()
        let first = self.values.first ?? ""
        switch self.operation {
        case "HAS_PROPERTY": return !own.isEmpty
        case "NOT_HAS_PROPERTY": return own.isEmpty
        case "EQ", "IN": return self.values.contains(own)
        case "NEQ", "NOT_IN": return !self.values.contains(own)
        case "CONTAINS_TOKEN": return Self.contains(own, first)
        case "NOT_CONTAINS_TOKEN": return !Self.contains(own, first)
        default: break
        }
        guard let left = Self.number(own), let right = Self.number(first) else { return false }
        switch self.operation {
        case "LT": return left < right
        case "LTE": return left <= right
        case "GT": return left > right
        case "GTE": return left >= right
        case "BETWEEN": return left >= right && Self.number(self.high).map { left <= $0 } ?? false
        default: return false
        }
    }

    private static func contains(_ own: String, _ token: String) -> Bool {
        own.contains(token.split(separator: "*").joined())
    }

    /// Numbers and times, which may stand as milliseconds as well.
    private static func number(_ text: String) -> Double? {
        Double(text) ?? ServerTime.parse(text.uppercased()).map { Double($0) }
    }
}
