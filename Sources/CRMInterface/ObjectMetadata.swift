/// Everything that a CRM says of one object, for people who map it; `ObjectDescription` is what a
/// sync needs of it.
package struct ObjectMetadata: Sendable, Hashable {
    /// A value that a field may be given.
    package struct Choice: Sendable, Hashable {
        package var value: String
        package var label: String
        /// Whether it may be chosen; records keep values that no longer may.
        package var isActive: Bool
        package var isDefault: Bool

        package init(value: String, label: String, isActive: Bool = true, isDefault: Bool = false) {
            self.value = value
            self.label = label
            self.isActive = isActive
            self.isDefault = isDefault
        }
    }

    /// What it says of one field.
    package struct Field: Sendable, Hashable {
        package var description: ObjectDescription.Field
        /// The vendor's own word: `textarea`, `enumeration/checkbox`.
        package var wireType: String
        package var isCreateable: Bool
        package var isUpdateable: Bool
        /// Whether the vendor computes it.
        package var isCalculated: Bool
        /// Whether records can be found and written by its value.
        package var isKey: Bool
        package var isCustom: Bool
        /// The objects that its value is an id of; several where it is polymorphic.
        package var references: [String]
        /// By what name a query reaches the record that its value is an id of.
        package var relationship: String?
        package var choices: [Choice]

        package init(
            _ description: ObjectDescription.Field,
            wireType: String,
            isCreateable: Bool,
            isUpdateable: Bool,
            isCalculated: Bool,
            isKey: Bool,
            isCustom: Bool,
            references: [String] = [],
            relationship: String? = nil,
            choices: [Choice] = []
        ) {
            self.description = description
            self.wireType = wireType
            self.isCreateable = isCreateable
            self.isUpdateable = isUpdateable
            self.isCalculated = isCalculated
            self.isKey = isKey
            self.isCustom = isCustom
            self.references = references
            self.relationship = relationship
            self.choices = choices
        }
    }

    /// A Salesforce record type as describe shows it to the integration user.
    package struct RecordType: Sendable, Hashable {
        package var id: String
        package var label: String
        /// The name that no translation changes.
        package var name: String
        package var isActive: Bool
        /// Whether the integration user may give it to records.
        package var isAvailable: Bool
        package var isDefault: Bool
        /// Salesforce's own, which objects without record types have.
        package var isMaster: Bool

        package init(
            id: String,
            label: String,
            name: String,
            isActive: Bool,
            isAvailable: Bool,
            isDefault: Bool,
            isMaster: Bool
        ) {
            self.id = id
            self.label = label
            self.name = name
            self.isActive = isActive
            self.isAvailable = isAvailable
            self.isDefault = isDefault
            self.isMaster = isMaster
        }
    }

    package var name: String
    package var fields: [Field]
    package var recordTypes: [RecordType]

    package init(name: String, fields: [Field], recordTypes: [RecordType] = []) {
        self.name = name
        self.fields = fields
        self.recordTypes = recordTypes
    }

    package func field(_ name: String) -> Field? {
        self.fields.first { $0.description.name == name }
    }
}
