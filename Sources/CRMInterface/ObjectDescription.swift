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

        package init(
            name: String,
            label: String,
            shape: FieldShape,
            isRequiredOnCreate: Bool,
            isUnique: Bool,
            options: [String]? = nil
        ) {
            self.name = name
            self.label = label
            self.shape = shape
            self.isRequiredOnCreate = isRequiredOnCreate
            self.isUnique = isUnique
            self.options = options
        }
    }

    package var object: String
    package var fields: [Field]

    package init(object: String, fields: [Field]) {
        self.object = object
        self.fields = fields
    }

    package func field(_ name: String) -> Field? {
        self.fields.first { $0.name == name }
    }
}
