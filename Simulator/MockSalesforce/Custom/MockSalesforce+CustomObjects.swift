package import WireJSON

extension MockSalesforce {
    /// An administrator makes an object type with its fields; it is open to every profile.
    ///
    /// - Throws: for a bad or a used name, for a counted name without a place for the number, and for
    ///   fields that cannot be.
    package mutating func addObject(
        _ object: MockSalesforceCustomObject,
        fields: [MockSalesforceCustomField] = [],
        at now: Int64
    ) throws(MockSalesforceError) {
        try self.requireNewObject(object)
        let before = self
        self.org.addObject(object)
        do throws(MockSalesforceError) {
            for field in fields {
                try self.unwrapping { (mock) throws(RequestFailure) in
                    try mock.org.requireRelationship(field)
                }
                self.org.addField(field)
            }
        } catch {
            self = before
            throw error
        }
        self.openObject(object.name, at: now)
        self.settings.metadataChangedAt = now
    }

    /// The same from the Metadata API's `CustomObject` in JSON: `fullName`, `label`, `pluralLabel`,
    /// `nameField` and `fields`.
    ///
    /// - Returns: the object's name.
    @discardableResult
    package mutating func addObject(
        metadata: JSON,
        at now: Int64
    ) throws(MockSalesforceError) -> String {
        let name = metadata["fullName"]?.string ?? ""
        let label = metadata["label"]?.string ?? String(name.dropLast(3))
        let nameField = metadata["nameField"]
        var object = MockSalesforceCustomObject(
            name: name,
            label: label,
            pluralLabel: metadata["pluralLabel"]?.string,
            nameLabel: nameField?["label"]?.string
        )
        switch nameField?["type"]?.string {
        case nil, "Text": break
        case "AutoNumber":
            object.nameFormat = nameField?["displayFormat"]?.string ?? "{0}"
            object.firstNumber = max(0, Int(nameField?["startingNumber"]?.integer ?? 1))
        case let type?:
            throw MockSalesforceError(
                "FIELD_INTEGRITY_EXCEPTION",
                "nameField has the type Text or AutoNumber, not \(type)"
            )
        }
        let fields = try self.unwrapping { (_) throws(RequestFailure) in
            var fields: [MockSalesforceCustomField] = []
            for field in metadata["fields"]?.elements ?? [] {
                let own = field["fullName"]?.string ?? ""
                guard MockSalesforceCustomObject.isName(own),
                    !fields.contains(where: { $0.name == own })
                else {
                    throw CustomFieldMetadata.failure("no name of a field: \(own)", "fullName")
                }
                fields.append(try CustomFieldMetadata.field(own, on: name, field))
            }
            return fields
        }
        try self.addObject(object, fields: fields, at: now)
        return name
    }

    /// An administrator deletes an object type with its records; naming it is an error.
    ///
    /// - Throws: for what is no custom object, and while lookups of other objects point to it.
    package mutating func removeObject(_ name: String, at now: Int64) throws(MockSalesforceError) {
        let table = try self.table(name)
        let object = self.org.tables[table].object
        guard object.isCustom else {
            throw MockSalesforceError("INVALID_TYPE", "\(name) is no custom object")
        }
        let other = self.org.tables.first { other in
            other.object.name != object.name && !other.object.isRemoved
                && other.object.fields.contains {
                    !$0.isRemoved && $0.referenceTo.contains(object.name) && $0.isCustom
                }
        }
        if let other {
            throw MockSalesforceError(
                "DEPENDENCY_EXISTS",
                "\(other.object.name) has a field that points to \(object.name)"
            )
        }
        self.org.removeObject(table)
        for kind in ["ObjectPermissions", "FieldPermissions"] {
            self.purgeGrants(kind, of: object.name)
        }
        self.settings.metadataChangedAt = now
    }

    private func requireNewObject(
        _ object: MockSalesforceCustomObject
    ) throws(MockSalesforceError) {
        guard MockSalesforceCustomObject.isName(object.name) else {
            throw MockSalesforceError(
                "FIELD_INTEGRITY_EXCEPTION",
                "The name of a custom object has letters, digits and single underscores, begins "
                    + "with a letter and ends with __c: \(object.name)"
            )
        }
        guard self.org.table(object.name) == nil else {
            throw MockSalesforceError(
                "DUPLICATE_DEVELOPER_NAME",
                "There is already an object named \(object.name)."
            )
        }
        guard object.nameFormat.map(AutoNumberFormat.isValid) ?? true else {
            throw MockSalesforceError(
                "FIELD_INTEGRITY_EXCEPTION",
                "A display format has one number such as {0000}: \(object.nameFormat ?? "")"
            )
        }
        guard self.org.customObjectCount < MockSalesforceCustomObject.countMax else {
            throw MockSalesforceError("LIMIT_EXCEEDED", "The org has 2,000 custom objects already")
        }
    }
}
