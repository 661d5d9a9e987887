extension MockOrg {
    /// Every custom field that is not deleted, in the order of objects and fields.
    var customFields: [(at: CustomFieldPlace, field: MockField)] {
        self.tables.enumerated().flatMap { number, table in
            table.object.isRemoved
                ? []
                : table.object.fields.enumerated().compactMap { place, field in
                    guard field.isCustom, !field.isRemoved else { return nil }
                    return (CustomFieldPlace(table: number, place: place), field)
                }
        }
    }

    /// A new field has no values, even where one of its name was deleted.
    mutating func clearValues(of name: String, in object: String) {
        guard let table = self.table(object),
            let place = self.tables[table].object.systemPlace(of: name)
        else { return }
        let value = self.tables[table].object.fields[place].defaultValue
        for row in self.tables[table].rows.indices {
            self.change(table, row) { row in
                if place < row.current.values.count { row.current.values[place] = value }
                for version in row.earlier.indices
                where place < row.earlier[version].values.count {
                    row.earlier[version].values[place] = value
                }
            }
        }
    }

    /// The rows of `CustomObject` for one query of the Tooling API.
    mutating func addCustomObjects() {
        let objects = self.tables.indices.filter {
            self.tables[$0].object.isCustom && !self.tables[$0].object.isRemoved
        }
        self.add(Definitions.customObject)
        for table in objects {
            let name = self.tables[table].object.name
            self.fill(
                "CustomObject",
                id: self.definitionID(table),
                [
                    ("Id", .text(self.definitionID(table))),
                    ("DeveloperName", .text(String(name.dropLast(3)))),
                    ("ManageableState", .text("unmanaged")), ("SharingModel", .text("ReadWrite")),
                ]
            )
        }
    }

    /// The rows of `CustomField` for one query of the Tooling API.
    mutating func addCustomFields() {
        let fields = self.customFields
        let objects = self.tables.map(\.object.name)
        let ids = self.tables.indices.map {
            self.tables[$0].object.isCustom ? self.definitionID($0) : objects[$0]
        }
        self.add(Definitions.customField)
        for (at, field) in fields {
            self.fill(
                "CustomField",
                id: at.id,
                [
                    ("Id", .text(at.id)), ("DeveloperName", .text(String(field.name.dropLast(3)))),
                    ("TableEnumOrId", .text(ids[at.table])),
                    ("FullName", .text("\(objects[at.table]).\(field.name)")),
                    ("ManageableState", .text("unmanaged")),
                    ("Length", field.length > 0 ? .number(String(field.length)) : .null),
                    ("Precision", field.type.isNumber ? .number(String(field.precision)) : .null),
                    ("Scale", field.type.isNumber ? .number(String(field.scale)) : .null),
                ]
            )
        }
    }
}
