import WireJSON

/// One condition of a search.
struct SearchFilter {
    var property: String
    var op: String
    var value: String
    var high: String
    var values: [String]
    /// Of the property that is asked about.
    var kind: MockHubSpotProperty.Kind?
    /// How the portal makes the property's values, if it does, and the place of the table.
    var calculation: (kind: Calculation, place: Int)?
    /// Which of `value`, `highValue` and `values` the condition has.
    private let given: Set<String>
    /// The value as `EQ` compares it.
    let folded: String
    /// The value as `CONTAINS_TOKEN` looks for it.
    let token: BytePattern

    /// The object type of a condition on associations: `associations.contact`.
    var associated: String? {
        self.property.hasPrefix("associations.")
            ? String(self.property.dropFirst("associations.".count)) : nil
    }

    /// Why the condition says nothing, or `nil`; the texts are from memory.
    var problem: String? {
        let needed: [String] =
            switch self.op {
            case "HAS_PROPERTY", "NOT_HAS_PROPERTY": []
            case "IN", "NOT_IN": ["values"]
            case "BETWEEN": ["value", "highValue"]
            default: ["value"]
            }
        if let missing = needed.first(where: { !self.given.contains($0) }) {
            return "The operator \(self.op) of \(self.property) needs \(missing)."
        }
        guard self.kind == .date || self.kind == .datetime,
            !["CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"].contains(self.op)
        else { return nil }
        let times = needed.flatMap { name in
            switch name {
            case "value": [self.value]
            case "highValue": [self.high]
            default: self.values
            }
        }
        let odd = times.first { Int64($0) == nil && ServerTime.parse($0) == nil }
        return odd.map { "\($0) is no time that \(self.property) could have." }
    }

    init(_ json: JSON) {
        self.property = json["propertyName"]?.string ?? ""
        self.op = json["operator"]?.string ?? ""
        self.value = json["value"].flatMap { $0.string ?? $0.numberText } ?? ""
        self.high = json["highValue"].flatMap { $0.string ?? $0.numberText } ?? ""
        self.values = json["values"]?.elements.compactMap { $0.string ?? $0.numberText } ?? []
        self.given = Set(
            ["value", "highValue", "values"].filter { json[$0].map { !$0.isNull } ?? false }
        )
        self.folded = self.value.lowercased()
        self.token = BytePattern(self.folded.split(separator: "*").joined())
    }
}
