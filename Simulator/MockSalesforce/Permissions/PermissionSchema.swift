/// The objects that hold permissions, and the roles that users may have.
enum PermissionSchema {
    static let names: Set<String> = [
        "Profile", "PermissionSet", "PermissionSetAssignment", "ObjectPermissions",
        "FieldPermissions",
    ]

    static var objects: [MockObject] {
        [
            self.object(
                "Profile",
                "00e",
                isWritable: false,
                [self.text("Name"), self.text("UserType")]
                    + self.systemPermissions(isWritable: false)
            ),
            self.object(
                "UserRole",
                "00E",
                isWritable: false,
                ["Name", "DeveloperName", "RollupDescription"].map(self.text)
            ),
            self.object(
                "PermissionSet",
                "0PS",
                [
                    self.writable(self.text("Name"), isRequired: true),
                    self.writable(self.text("Label"), isRequired: true),
                    self.writable(self.text("Description")), self.flag("IsOwnedByProfile"),
                    self.reference("ProfileId", "Profile"),
                ] + self.systemPermissions(isWritable: true)
            ),
            self.object(
                "PermissionSetAssignment",
                "0Pa",
                [
                    self.writable(
                        self.reference("PermissionSetId", "PermissionSet"),
                        isRequired: true
                    ),
                    self.writable(self.reference("AssigneeId", "User"), isRequired: true),
                ]
            ),
            self.object(
                "ObjectPermissions",
                "110",
                [
                    self.writable(self.reference("ParentId", "PermissionSet"), isRequired: true),
                    self.writable(self.text("SobjectType"), isRequired: true),
                ]
                    + [
                        "Create", "Read", "Edit", "Delete", "ViewAllRecords", "ModifyAllRecords",
                    ].map { self.writable(self.flag("Permissions" + $0)) }
            ),
            self.object(
                "FieldPermissions",
                "01k",
                [
                    self.writable(self.reference("ParentId", "PermissionSet"), isRequired: true),
                    self.writable(self.text("SobjectType"), isRequired: true),
                    self.writable(self.text("Field"), isRequired: true),
                    self.writable(self.flag("PermissionsRead")),
                    self.writable(self.flag("PermissionsEdit")),
                ]
            ),
        ]
    }

    /// Columns of the system permissions.
    static func systemPermissions(isWritable: Bool) -> [MockField] {
        MockSalesforceSystemPermission.allCases.map { permission in
            let flag = self.flag(permission.column)
            return isWritable ? self.writable(flag) : flag
        }
    }

    static func object(
        _ name: String,
        _ prefix: String,
        isWritable: Bool = true,
        _ fields: [MockField]
    ) -> MockObject {
        var object = MockObject(name: name, keyPrefix: prefix, isWritable: isWritable)
        var id = MockField(name: "Id", label: "\(name) ID", type: .id)
        id.length = 18
        id.isNillable = false
        object.add(id)
        for field in fields { object.add(field) }
        var stamp = MockField(name: "SystemModstamp", label: "System Modstamp", type: .datetime)
        stamp.isNillable = false
        object.add(stamp)
        return object
    }

    static func text(_ name: String) -> MockField {
        var field = MockField(name: name, label: name, type: .string)
        field.length = 255
        return field
    }

    static func flag(_ name: String) -> MockField {
        var field = MockField(name: name, label: name, type: .boolean)
        field.isNillable = false
        field.isDefaultedOnCreate = true
        field.defaultValue = .boolean(false)
        return field
    }

    static func number(_ name: String) -> MockField {
        MockField(name: name, label: name, type: .int)
    }

    static func reference(_ name: String, _ target: String) -> MockField {
        var field = MockField(name: name, label: name, type: .reference)
        field.length = 18
        field.referenceTo = [target]
        field.relationshipName = String(name.dropLast(2))
        return field
    }

    private static func writable(_ field: MockField, isRequired: Bool = false) -> MockField {
        var field = field
        field.isCreateable = true
        // Whose permission it is and what for cannot be changed.
        field.isUpdateable = !isRequired || field.name == "Name" || field.name == "Label"
        if isRequired { field.isNillable = false }
        return field
    }
}
