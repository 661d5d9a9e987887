extension MockOrg {
    /// Whether the org checks what its users may do.
    var checksRights: Bool { self.table("FieldPermissions") != nil }

    /// What a user may do; `nil` in an org that does not check.
    func rights(of user: String) -> UserRights? {
        guard self.checksRights else { return nil }
        var sets: Set<String> = []
        self.each("PermissionSetAssignment") { row in
            if row("AssigneeId").text == user, let id = row("PermissionSetId").text {
                sets.insert(id)
            }
        }
        var rights = UserRights()
        self.each("PermissionSet") { row in
            guard let id = row("Id").text, sets.contains(id) else { return }
            for permission in MockSalesforceSystemPermission.allCases
            where row(permission.column) == .boolean(true) {
                rights.permissions.insert(permission)
            }
        }
        self.each("ObjectPermissions") { row in
            guard let parent = row("ParentId").text, sets.contains(parent),
                let object = row("SobjectType").text
            else { return }
            func has(_ name: String) -> Bool { row("Permissions" + name) == .boolean(true) }
            rights.objects[object, default: .none].add(
                MockSalesforceObjectAccess(
                    isReadable: has("Read") || has("ViewAllRecords") || has("ModifyAllRecords"),
                    isCreateable: has("Create"),
                    isEditable: has("Edit") || has("ModifyAllRecords"),
                    isDeletable: has("Delete") || has("ModifyAllRecords"),
                    seesAll: has("ViewAllRecords") || has("ModifyAllRecords")
                )
            )
        }
        self.each("FieldPermissions") { row in
            guard let parent = row("ParentId").text, sets.contains(parent),
                let object = row("SobjectType").text, let name = row("Field").text,
                row("PermissionsRead") == .boolean(true)
            else { return }
            let field = String(name.dropFirst(object.count + 1))
            rights.fields[object, default: [:]][field, default: UserRights.Field()].isReadable =
                true
            if row("PermissionsEdit") == .boolean(true) {
                rights.fields[object]?[field]?.isEditable = true
            }
        }
        return rights
    }

    /// Visits the live records of an object with a function that reads their fields.
    func each(_ object: String, _ body: ((String) -> Value) -> Void) {
        guard let number = self.table(object) else { return }
        let table = self.tables[number]
        for row in table.rows where !row.isPurged && !row.current.isDeleted {
            body { name in
                table.object.systemPlace(of: name).map { row.current.value($0) } ?? .null
            }
        }
    }

    /// Refuses permissions on what does not exist, and the same ones twice.
    func requireGrant(
        _ table: Int,
        _ values: [Value],
        _ context: WriteContext
    ) throws(RequestFailure) {
        let object = self.tables[table].object
        guard context.isRest, PermissionSchema.names.contains(object.name) else { return }
        func value(_ name: String) -> String? {
            object.systemPlace(of: name).flatMap { $0 < values.count ? values[$0].text : nil }
        }
        var keys = ["PermissionSetId", "AssigneeId"]
        if object.name == "PermissionSet" { keys = ["Name"] }
        if object.name == "FieldPermissions" || object.name == "ObjectPermissions" {
            keys =
                object.name == "FieldPermissions"
                ? ["ParentId", "Field"] : ["ParentId", "SobjectType"]
            try self.requireTarget(object.name, value("SobjectType") ?? "", value("Field"))
        }
        var holder: String?
        self.each(object.name) { row in
            if keys.allSatisfy({ row($0).text == value($0) }) { holder = row("Id").text }
        }
        guard let holder else { return }
        throw RequestFailure(
            "DUPLICATE_VALUE",
            "duplicate value found: \(keys.joined(separator: ", ")) duplicates value on record with "
                + "id: \(holder.prefix(15))",
            fields: []
        )
    }

    /// Field permissions that give nothing do not stay.
    mutating func dropEmptyGrant(_ table: Int, _ row: Int) {
        let object = self.tables[table].object
        guard object.name == "FieldPermissions",
            let place = object.systemPlace(of: "PermissionsRead"),
            self.tables[table].rows[row].current.value(place) != .boolean(true)
        else { return }
        self.change(table, row) { $0.isPurged = true }
    }

    private func requireTarget(
        _ kind: String,
        _ name: String,
        _ field: String?
    ) throws(RequestFailure) {
        let table = self.table(name).flatMap { self.tables[$0].object.isSecured ? $0 : nil }
        guard let table else {
            throw Self.badPicklist("SObject Type Name", name, "SobjectType")
        }
        guard kind == "FieldPermissions" else { return }
        let object = self.tables[table].object
        let known = object.permissionNames.contains { field == "\(object.name).\($0)" }
        guard known else { throw Self.badPicklist("Field Name", field ?? "", "Field") }
    }

    private static func badPicklist(
        _ label: String,
        _ value: String,
        _ field: String
    ) -> RequestFailure {
        RequestFailure(
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "\(label): bad value for restricted picklist field: \(value)",
            fields: [field]
        )
    }
}
