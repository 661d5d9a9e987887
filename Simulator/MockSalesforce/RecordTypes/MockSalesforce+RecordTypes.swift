extension MockSalesforce {
    /// Gives the objects that have record types the field that names them.
    mutating func addRecordTypes() {
        self.org.recordTypes = self.settings.recordTypes
        for type in self.settings.recordTypes {
            guard let table = self.org.table(type.object),
                self.org.tables[table].object.systemPlace(of: "RecordTypeId") == nil
            else { continue }
            var field = PermissionSchema.reference("RecordTypeId", "RecordType")
            field.label = "Record Type ID"
            (field.isCreateable, field.isUpdateable) = (true, true)
            self.org.add(field, to: type.object)
        }
    }

    mutating func seedOwnRecordTypes() {
        for (place, type) in self.settings.recordTypes.enumerated() {
            self.plant(
                "RecordType",
                [
                    ("Id", .text(MockSalesforceRecordType.id(place))), ("Name", .text(type.name)),
                    ("DeveloperName", .text(type.developerName)),
                    ("SobjectType", .text(type.object)), ("IsActive", .boolean(type.isActive)),
                ],
                self.settings.metadataChangedAt
            )
        }
    }

    /// Retires values of a picklist, or brings them back: records keep what they have.
    package mutating func setPicklistValues(
        _ values: [String],
        of name: String,
        on object: String,
        areActive: Bool,
        at now: Int64
    ) {
        self.org.changeField(name, of: object) { field in
            field.inactiveValues.removeAll { values.contains($0) }
            if !areActive { field.inactiveValues += values }
        }
        self.settings.metadataChangedAt = now
    }
}
