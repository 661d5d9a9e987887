package import SyncCore

/// What a CRM says of one object's fields.
package struct ObjectDescription: Sendable, Hashable, Codable {
    /// What it says of one field.
    package struct Field: Sendable, Hashable, Codable {
        package var name: String
        package var label: String
        package var shape: FieldShape
        package var isRequiredOnCreate: Bool
        package var isUnique: Bool
        /// The values that people choose from, also where the CRM takes others; `nil` where it tells none.
        package var options: [String]?
        /// The objects of whose records it holds ids; `nil` where it holds none.
        package var references: [String]?
        /// Whether the CRM works its values out and nobody writes them; `nil` where it does not tell.
        package var isCalculated: Bool?
        /// A picklist's values as people read them, those that may no longer be chosen among them; `nil` where the CRM
        /// tells none.
        package var picks: [Pick]?
        /// The field by whose value those may be chosen that `Pick.validFor` says.
        package var controlledBy: String?

        package init(
            name: String,
            label: String,
            shape: FieldShape,
            isRequiredOnCreate: Bool,
            isUnique: Bool,
            options: [String]? = nil,
            references: [String]? = nil,
            isCalculated: Bool? = nil,
            picks: [Pick]? = nil,
            controlledBy: String? = nil
        ) {
            self.name = name
            self.label = label
            self.shape = shape
            self.isRequiredOnCreate = isRequiredOnCreate
            self.isUnique = isUnique
            self.options = options
            self.references = references
            self.isCalculated = isCalculated
            self.picks = picks
            self.controlledBy = controlledBy
        }
    }

    /// One value of a picklist.
    package struct Pick: Sendable, Hashable, Codable {
        package var value: String
        package var label: String
        package var isActive: Bool
        /// The places of the controlling field's values with which it may be chosen; `nil` for all.
        package var validFor: [Int]?

        package init(value: String, label: String, isActive: Bool = true, validFor: [Int]? = nil) {
            self.value = value
            self.label = label
            self.isActive = isActive
            self.validFor = validFor
        }
    }

    /// What a Salesforce org calls the kinds of an object's records.
    package struct RecordType: Sendable, Hashable, Codable {
        package var id: String
        package var name: String
        package var developerName: String
        /// Whether the integration user may give it to records; `nil` where the CRM does not tell.
        package var isAvailable: Bool?

        package init(id: String, name: String, developerName: String, isAvailable: Bool? = nil) {
            self.id = id
            self.name = name
            self.developerName = developerName
            self.isAvailable = isAvailable
        }
    }

    package var object: String
    package var fields: [Field]
    /// What the ids of its records begin with, where the CRM tells.
    package var keyPrefix: String?
    /// The account's own objects whose records are deleted with those of this one, where the CRM tells.
    package var details: [String]?
    /// The kinds of its records; `nil` where the CRM has none.
    package var recordTypes: [RecordType]?

    package init(
        object: String,
        fields: [Field],
        keyPrefix: String? = nil,
        details: [String]? = nil,
        recordTypes: [RecordType]? = nil
    ) {
        self.object = object
        self.fields = fields
        self.keyPrefix = keyPrefix
        self.details = details
        self.recordTypes = recordTypes
    }

    package func field(_ name: String) -> Field? {
        self.fields.first { $0.name == name }
    }
}
