/// The definition of one property.
package struct MockHubSpotProperty: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case string
        case number
        case bool
        case enumeration
        case date
        case datetime
        case phoneNumber = "phone_number"
    }

    package var name: String
    package var label: String
    package var kind: Kind
    /// How forms show it: `text`, `select`, `checkbox`, …; `checkbox` holds several options.
    package var fieldType: String
    package var group: String
    package var description = ""
    package var options: [MockHubSpotOption] = []
    package var hasUniqueValue = false
    /// The value is the portal's own; a write is refused.
    package var isReadOnly = false
    package var isCalculated = false
    /// The options are the portal's owners.
    package var refersToOwners = false
    package var isHubSpotDefined = true
    package var isArchived = false
    package var isHidden = false
    /// Server milliseconds.
    package var createdAt: Int64 = 1_577_836_800_000
    package var updatedAt: Int64 = 1_577_836_800_000

    package init(
        _ name: String,
        label: String,
        kind: Kind = .string,
        fieldType: String = "text",
        group: String = "contactinformation"
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.fieldType = fieldType
        self.group = group
    }

    /// A unique text property of the sync's own.
    package static func uniqueKey(
        _ name: String,
        label: String,
        group: String = "contactinformation"
    ) -> Self {
        var property = MockHubSpotProperty(name, label: label, group: group)
        property.hasUniqueValue = true
        property.isHubSpotDefined = false
        return property
    }

    var isMultiple: Bool { self.kind == .enumeration && self.fieldType == "checkbox" }
}
