/// What administrators give and take; nothing here is billed.
extension MockSalesforce {
    /// Gives the users of a profile a field, or takes it.
    ///
    /// The field is named as `Contact.Title`, and a compound address stands for its parts.
    package mutating func setFieldAccess(
        _ field: String,
        of profile: String,
        isReadable: Bool,
        isEditable: Bool,
        at now: Int64
    ) {
        guard let set = self.permissionSet(ofProfile: profile),
            let object = field.split(separator: ".").first
        else { return }
        self.purgeGrants(on: field, of: set)
        if isReadable { self.plantGrant(field, String(object), set, isEditable, now) }
        self.settings.metadataChangedAt = now
    }

    /// The fields of an object that permissions list, in the order of its fields.
    package func permissionNames(of object: String) -> [String] {
        self.org.table(object).map { self.org.tables[$0].object.permissionNames } ?? []
    }

    /// Sets what the users of a profile may do with the records of an object.
    package mutating func setObjectAccess(
        _ object: String,
        of profile: String,
        _ access: MockSalesforceObjectAccess,
        at now: Int64
    ) {
        guard let set = self.permissionSet(ofProfile: profile) else { return }
        self.purgeGrants("ObjectPermissions", on: object, of: set)
        self.plantAccess(access, object, set, now)
        self.settings.metadataChangedAt = now
    }

    /// Gives the users of a profile a permission on the whole org, or takes it.
    package mutating func setPermission(
        _ permission: MockSalesforceSystemPermission,
        of profile: String,
        _ isGiven: Bool,
        at now: Int64
    ) {
        guard let set = self.permissionSet(ofProfile: profile),
            let table = self.org.table("PermissionSet"),
            let row = self.org.tables[table].row(ofID: set)
        else { return }
        var context = self.context(nil, now, commitDelay: 0)
        context.isSeed = true
        // The column is the schema's own.
        try? self.org.update(
            table,
            row,
            [FieldInput(permission.column, .boolean(isGiven))],
            context
        )
    }

    /// Switches profiles on in an org that had none, or changes what those that it has may do.
    ///
    /// An org keeps its profiles; those that it has stay under their names and in their order.
    package mutating func changePermissions(
        _ permissions: MockSalesforcePermissions,
        at now: Int64
    ) {
        let before = self.settings.permissions
        self.settings.permissions = permissions
        self.settings.metadataChangedAt = now
        guard let before else {
            for object in PermissionSchema.objects { self.org.add(object) }
            self.seedPermissions()
            return
        }
        for (old, new) in zip(before.profiles, permissions.profiles) where old != new {
            self.changeProfile(from: old, to: new, at: now)
        }
        for user in self.settings.credentials.map(\.userID) + self.settings.users.map(\.id) {
            let (old, new) = (before.profile(of: user), permissions.profile(of: user))
            if old != new { self.assign(user, from: old, to: new, at: now) }
        }
    }

    private mutating func changeProfile(
        from old: MockSalesforceProfile,
        to new: MockSalesforceProfile,
        at now: Int64
    ) {
        for permission in MockSalesforceSystemPermission.allCases
        where old.permissions.contains(permission) != new.permissions.contains(permission) {
            let isGiven = new.permissions.contains(permission)
            self.setPermission(permission, of: new.name, isGiven, at: now)
        }
        for object in Set(old.objects.keys).union(new.objects.keys).sorted() {
            let access = new.objects[object] ?? .all
            guard access != old.objects[object] ?? .all else { continue }
            self.setObjectAccess(object, of: new.name, access, at: now)
        }
        let fields = old.hiddenFields.union(old.readOnlyFields)
            .union(new.hiddenFields).union(new.readOnlyFields)
        func access(_ field: String, _ profile: MockSalesforceProfile) -> [Bool] {
            let isHidden = profile.hiddenFields.contains(field)
            return [!isHidden, !isHidden && !profile.readOnlyFields.contains(field)]
        }
        for field in fields.sorted() where access(field, old) != access(field, new) {
            let rights = access(field, new)
            self.setFieldAccess(
                field,
                of: new.name,
                isReadable: rights[0],
                isEditable: rights[1],
                at: now
            )
        }
    }

    /// Gives a user another profile.
    private mutating func assign(_ user: String, from old: Int, to new: Int, at now: Int64) {
        let sets = [old, new].map { SalesforceID.make(prefix: "0PS", number: $0 + 1) }
        guard let table = self.org.table("PermissionSetAssignment") else { return }
        var rows: [Int] = []
        self.org.each("PermissionSetAssignment") { row in
            guard row("AssigneeId").text == user, row("PermissionSetId").text == sets[0],
                let id = row("Id").text, let place = self.org.tables[table].row(ofID: id)
            else { return }
            rows.append(place)
        }
        for row in rows { self.org.change(table, row) { $0.isPurged = true } }
        self.plant(
            "PermissionSetAssignment",
            [("AssigneeId", .text(user)), ("PermissionSetId", .text(sets[1]))],
            now
        )
        guard let users = self.org.table("User"), let row = self.org.tables[users].row(ofID: user)
        else { return }
        var context = self.context(nil, now, commitDelay: 0)
        context.isSeed = true
        let profile = SalesforceID.make(prefix: "00e", number: new + 1)
        // The column is the schema's own.
        try? self.org.update(users, row, [FieldInput("ProfileId", .text(profile))], context)
    }

    /// Fills the tables of permissions with what the settings say.
    mutating func seedPermissions() {
        let permissions = self.settings.permissions ?? MockSalesforcePermissions()
        let now = self.settings.metadataChangedAt
        for (place, profile) in permissions.profiles.enumerated() {
            let (id, set) = (
                SalesforceID.make(prefix: "00e", number: place + 1),
                SalesforceID.make(prefix: "0PS", number: place + 1)
            )
            let system = MockSalesforceSystemPermission.allCases.map {
                ($0.column, Value.boolean(profile.permissions.contains($0)))
            }
            self.plant(
                "Profile",
                [("Id", .text(id)), ("Name", .text(profile.name)), ("UserType", .text("Standard"))]
                    + system,
                now
            )
            self.plant(
                "PermissionSet",
                [
                    ("Id", .text(set)), ("Name", .text("X" + id)), ("Label", .text("X" + id)),
                    ("IsOwnedByProfile", .boolean(true)), ("ProfileId", .text(id)),
                ] + system,
                now
            )
            for object in self.org.tables.map(\.object) where object.isSecured {
                self.plantGrants(profile, object, set, now)
            }
        }
        for user in self.settings.credentials.map(\.userID) + self.settings.users.map(\.id) {
            let set = SalesforceID.make(
                prefix: "0PS",
                number: permissions.profile(of: user) + 1
            )
            self.plant(
                "PermissionSetAssignment",
                [("AssigneeId", .text(user)), ("PermissionSetId", .text(set))],
                now
            )
        }
        self.skipIDs("PermissionSet", permissions.profiles.count)
    }

    /// The ids of planted permission sets are not given again.
    private mutating func skipIDs(_ object: String, _ count: Int) {
        guard let table = self.org.table(object) else { return }
        for _ in 0..<count { _ = self.org.nextID(table) }
    }

    private mutating func plantGrants(
        _ profile: MockSalesforceProfile,
        _ object: MockObject,
        _ set: String,
        _ now: Int64
    ) {
        self.plantAccess(profile.objects[object.name] ?? .all, object.name, set, now)
        for name in object.permissionNames {
            let field = "\(object.name).\(name)"
            guard !profile.hiddenFields.contains(field) else { continue }
            let isEditable = !profile.readOnlyFields.contains(field)
            self.plantGrant(field, object.name, set, isEditable, now)
        }
    }

    private mutating func plantAccess(
        _ access: MockSalesforceObjectAccess,
        _ object: String,
        _ set: String,
        _ now: Int64
    ) {
        guard access.isReadable else { return }
        self.plant(
            "ObjectPermissions",
            [
                ("ParentId", .text(set)), ("SobjectType", .text(object)),
                ("PermissionsRead", .boolean(true)),
                ("PermissionsCreate", .boolean(access.isCreateable)),
                ("PermissionsEdit", .boolean(access.isEditable)),
                ("PermissionsDelete", .boolean(access.isDeletable)),
                ("PermissionsViewAllRecords", .boolean(access.seesAll)),
            ],
            now
        )
    }

    private mutating func plantGrant(
        _ field: String,
        _ object: String,
        _ set: String,
        _ isEditable: Bool,
        _ now: Int64
    ) {
        self.plant(
            "FieldPermissions",
            [
                ("ParentId", .text(set)), ("SobjectType", .text(object)), ("Field", .text(field)),
                ("PermissionsRead", .boolean(true)), ("PermissionsEdit", .boolean(isEditable)),
            ],
            now
        )
    }

    /// An object that a person adds is open to every profile, with its fields.
    mutating func openObject(_ name: String, at now: Int64) {
        guard let permissions = self.settings.permissions, let table = self.org.table(name) else {
            return
        }
        let object = self.org.tables[table].object
        for (place, profile) in permissions.profiles.enumerated() {
            let set = SalesforceID.make(prefix: "0PS", number: place + 1)
            self.plantGrants(profile, object, set, now)
        }
    }

    /// Removes all permissions on an object or on its fields for good.
    mutating func purgeGrants(_ kind: String, of object: String) {
        guard let table = self.org.table(kind) else { return }
        var rows: [Int] = []
        self.org.each(kind) { row in
            guard row("SobjectType").text == object, let id = row("Id").text,
                let place = self.org.tables[table].row(ofID: id)
            else { return }
            rows.append(place)
        }
        for row in rows { self.org.change(table, row) { $0.isPurged = true } }
    }

    /// A field that a person adds is open to every profile.
    mutating func openField(_ name: String, of object: String, at now: Int64) {
        guard let permissions = self.settings.permissions else { return }
        for profile in permissions.profiles {
            self.setFieldAccess(
                "\(object).\(name)",
                of: profile.name,
                isReadable: true,
                isEditable: true,
                at: now
            )
        }
    }

    /// Removes the permissions on a field for good, those of one permission set or all.
    mutating func purgeGrants(on field: String, of set: String? = nil) {
        self.purgeGrants("FieldPermissions", on: field, of: set)
    }

    private mutating func purgeGrants(_ kind: String, on name: String, of set: String?) {
        guard let table = self.org.table(kind) else { return }
        let column = kind == "FieldPermissions" ? "Field" : "SobjectType"
        var rows: [Int] = []
        self.org.each(kind) { row in
            guard row(column).text == name, set == nil || row("ParentId").text == set,
                let id = row("Id").text,
                let place = self.org.tables[table].row(ofID: id)
            else { return }
            rows.append(place)
        }
        for row in rows { self.org.change(table, row) { $0.isPurged = true } }
    }

    private func permissionSet(ofProfile name: String) -> String? {
        guard let place = self.settings.permissions?.profiles.firstIndex(where: { $0.name == name })
        else { return nil }
        return SalesforceID.make(prefix: "0PS", number: place + 1)
    }

    // MARK: - Requests

    /// Whether a user has a permission on the whole org; in an org that does not check, all have.
    func has(_ permission: MockSalesforceSystemPermission, _ user: String) -> Bool {
        self.org.rights(of: user)?.permissions.contains(permission) ?? true
    }

    /// What a user lacks who may not use the API.
    static var apiDisabled: RequestFailure {
        RequestFailure(
            "API_DISABLED_FOR_ORG",
            "The REST API is not enabled for this Organization.",
            status: 403
        )
    }

    static func lacking(_ permission: String) -> RequestFailure {
        RequestFailure(
            "INSUFFICIENT_ACCESS",
            "You need the \(permission) permission to do that.",
            status: 403
        )
    }
}
