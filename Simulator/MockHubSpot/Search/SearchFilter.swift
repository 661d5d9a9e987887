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
    /// The value as `EQ` compares it.
    let folded: String
    /// The value as `CONTAINS_TOKEN` looks for it.
    let token: BytePattern

    /// The object type of a condition on associations: `associations.contact`.
    var associated: String? {
        self.property.hasPrefix("associations.")
            ? String(self.property.dropFirst("associations.".count)) : nil
    }

    init(_ json: JSON) {
        self.property = json["propertyName"]?.string ?? ""
        self.op = json["operator"]?.string ?? ""
        self.value = json["value"].flatMap { $0.string ?? $0.numberText } ?? ""
        self.high = json["highValue"].flatMap { $0.string ?? $0.numberText } ?? ""
        self.values = json["values"]?.elements.compactMap { $0.string ?? $0.numberText } ?? []
        self.folded = self.value.lowercased()
        self.token = BytePattern(self.folded.split(separator: "*").joined())
    }
}
