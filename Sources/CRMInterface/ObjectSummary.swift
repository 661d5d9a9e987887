/// One of the object types that a CRM has.
package struct ObjectSummary: Sendable, Hashable {
    package var name: String
    package var label: String
    package var labelPlural: String
    /// What its ids or paths begin with: Salesforce's key prefix, HubSpot's type id.
    package var typeID: String?
    package var isCustom: Bool
    package var isReadable: Bool
    /// Whether the integration user may create and change its records.
    package var isWritable: Bool
    package var isDeletable: Bool

    package init(
        name: String,
        label: String,
        labelPlural: String,
        typeID: String?,
        isCustom: Bool,
        isReadable: Bool,
        isWritable: Bool,
        isDeletable: Bool
    ) {
        self.name = name
        self.label = label
        self.labelPlural = labelPlural
        self.typeID = typeID
        self.isCustom = isCustom
        self.isReadable = isReadable
        self.isWritable = isWritable
        self.isDeletable = isDeletable
    }
}
